"""The product and plain loops give the same answer: on the example, and on thousands of odd records."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests.naive import Answer, naive_flagship
from tests.random_records import Record, random_records, written
from tocsin.cli.main import entry

DETECTION = "AWS ECR Container Upload Outside Business Hours"
TRAIL = Path(__file__).parents[1] / "examples" / "trail"


def scanned(folder: Path, out: Path, *options: str, code: int = 0) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The findings and the account of `tocsin scan`."""
    findings, account = out / "findings.jsonl", out / "account.json"
    arguments = ["scan", str(folder), "-d", DETECTION, "--format", "jsonl", "--output", str(findings)]
    with pytest.raises(SystemExit) as ended:
        entry([*arguments, "--summary", str(account), *options])
    assert ended.value.code == code
    return [json.loads(line) for line in findings.read_text().splitlines()], json.loads(account.read_text())


def spread(records: list[Record], folder: Path, seed: int) -> None:
    """The records in their order over several files, each spelled and packed in its own way."""
    rng, start, number = random.Random(seed), 0, 0
    folder.mkdir()
    while start < len(records):
        size = rng.randrange(1, 400)
        text = written(records[start : start + size], seed + number).encode()
        packed = gzip.compress(text, mtime=0) if rng.random() < 0.7 else text
        (folder / f"{number:05}.json").write_bytes(packed)
        start, number = start + size, number + 1


def assert_same(findings: list[dict[str, Any]], account: dict[str, Any], expected: Answer) -> None:
    assert [finding["result"] for finding in findings] == expected.rows
    assert [finding["event_count"] for finding in findings] == [len(places) for places in expected.records]
    (detection,) = account["detections"]
    assert account["adds_up"] is True
    assert (detection["matched"], detection["duplicates"]) == (expected.matched, expected.duplicates)
    assert sum(each["rows"] for each in detection["dropped"]) == expected.dropped
    lacking = {name: count for each in detection["dropped"] for name, count in each["by_field"].items() if count}
    assert lacking == expected.lacking


def test_the_example_tells_its_story(tmp_path: Path) -> None:
    texts = [json.loads(gzip.decompress(path.read_bytes())) for path in sorted(TRAIL.rglob("*.gz"))]
    records = [record for text in texts for record in text.get("Records", [])]
    findings, account = scanned(TRAIL, tmp_path)
    assert_same(findings, account, naive_flagship(records))
    assert account["files"] | {"ruled_out_unread": 0} == {
        "total": 320,
        "read": 320,
        "failed": 0,
        "ruled_out_unread": 0,
        "digest_or_insight": 1,
        "not_opened": 0,
    }


@pytest.mark.property
@pytest.mark.parametrize("seed", range(8))
def test_thousands_of_odd_records(tmp_path: Path, seed: int) -> None:
    records = random_records(seed, 2500, collisions=seed % 4 == 3)
    spread(records, tmp_path / "logs", seed)
    findings, account = scanned(tmp_path / "logs", tmp_path)
    assert_same(findings, account, naive_flagship(records))


@pytest.mark.property
@pytest.mark.parametrize("seed", range(40))
def test_few_odd_records(tmp_path: Path, seed: int) -> None:
    """Small inputs: whole columns are absent, and the result may be empty."""
    records = random_records(1000 + seed, 1 + seed % 7, collisions=True)
    spread(records, tmp_path / "logs", seed)
    findings, account = scanned(tmp_path / "logs", tmp_path)
    assert_same(findings, account, naive_flagship(records))


def test_a_nanosecond_before_the_hour_is_before_the_hour(tmp_path: Path) -> None:
    records = [each | {"eventTime": "2026-03-03T19:59:59.999999999Z"} for each in random_records(1, 50)]
    spread(records, tmp_path / "logs", 1)
    findings, account = scanned(tmp_path / "logs", tmp_path)
    assert_same(findings, account, naive_flagship(records))


def test_pointers_lead_back_to_the_very_records(tmp_path: Path) -> None:
    records = random_records(77, 1500)
    spread(records, tmp_path / "logs", 77)
    findings, _ = scanned(tmp_path / "logs", tmp_path)
    expected = naive_flagship(records)
    for finding, places in zip(findings, expected.records, strict=True):
        found = [_record(event) for event in finding["events"]]
        assert sorted(map(str, found)) == sorted(str(records[place]) for place in places)[:100]


def _record(event: dict[str, Any]) -> Record:
    data = Path(event["file"]).read_bytes()
    text = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    record: Record = json.loads(text)["Records"][event["position"] - 1]
    assert record.get("eventID") == event["event_id"]
    return record


def test_the_answer_is_the_same_whatever_the_number_of_processes(tmp_path: Path) -> None:
    spread(random_records(5, 2000), tmp_path / "logs", 5)
    texts = set()
    for jobs in ("1", "2", "3"):
        scanned(tmp_path / "logs", tmp_path, "--jobs", jobs)
        texts.add((tmp_path / "findings.jsonl").read_bytes())
    assert len(texts) == 1
