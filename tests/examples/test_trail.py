"""The example is what its generator makes, and its README tells the truth about it."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.naive import BY, Answer, naive_flagship

EXAMPLES = Path(__file__).parents[2] / "examples"
TRAIL = EXAMPLES / "trail"


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def made(folder: Path) -> None:
    subprocess.run([sys.executable, EXAMPLES / "make_trail.py", folder], check=True, timeout=120)


@cache
def records() -> list[dict[str, Any]]:
    texts = [json.loads(gzip.decompress(path.read_bytes())) for path in files(TRAIL)]
    return [record for text in texts for record in text.get("Records", [])]


@cache
def answer() -> Answer:
    return naive_flagship(records())


def table(heading: str) -> Iterator[list[str]]:
    """The rows of the README's table whose heading starts so."""
    rows = iter((EXAMPLES / "README.md").read_text().splitlines())
    next(row for row in rows if row.startswith(f"| {heading} |"))
    next(rows)
    for row in rows:
        if not row.startswith("|"):
            return
        yield [cell.strip() for cell in row.strip("|").split("|")]


def test_the_generator_makes_the_checked_in_trail(tmp_path: Path) -> None:
    made(tmp_path)
    names = [path.relative_to(TRAIL) for path in files(TRAIL)]
    assert [path.relative_to(tmp_path) for path in files(tmp_path)] == names
    for name in names:
        fresh, kept = (tmp_path / name).read_bytes(), (TRAIL / name).read_bytes()
        assert gzip.decompress(fresh) == gzip.decompress(kept), name
        assert fresh[:10] == kept[:10], name  # the header: no time, no name, no system


def test_the_generator_is_the_same_every_time(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    made(first)
    made(second)
    assert [path.read_bytes() for path in files(first)] == [path.read_bytes() for path in files(second)]


def test_the_trail_is_small() -> None:
    assert sum(path.stat().st_size for path in files(TRAIL)) < 600_000


def test_the_findings_are_those_of_the_readme() -> None:
    stated = [row[:6] for row in table("first (UTC)")]
    shown = ("firstTime", "lastTime", "user", "repository", "imageTag")
    found = [
        [*(row[name] for name in shown), str(len(places))]
        for row, places in zip(answer().rows, answer().records, strict=True)
    ]
    assert found == stated


def test_the_dropped_records_are_those_of_the_readme() -> None:
    stated = {(row[0] + "Z", row[3]) for row in table("when (UTC)")}
    kept = {place for places in answer().records for place in places}
    dropped = {
        (record["eventTime"], ", ".join(sorted(alone.lacking, key=BY.index)))
        for place, record in enumerate(records())
        if place not in kept and (alone := naive_flagship([record])).dropped
    }
    assert dropped == stated


def test_the_numbers_are_those_of_the_readme() -> None:
    found = {
        "files": len(files(TRAIL)),
        "records": len(records()),
        "PutImage records": sum(record["eventName"] == "PutImage" for record in records()),
        "matched, each once": answer().matched,
        "duplicates": answer().duplicates,
        "findings": len(answer().rows),
        "matched records in findings": answer().matched - answer().dropped,
        "matched records dropped": answer().dropped,
    }
    found |= {f"dropped for want of {name}": count for name, count in answer().lacking.items()}
    assert found == {name: int(count) for name, count in table("what")}


@pytest.mark.parametrize("name", ["2,730 records", "319 gzip files"])
def test_the_introduction_names_the_same_numbers(name: str) -> None:
    assert name in (EXAMPLES / "README.md").read_text().split("##")[0]
