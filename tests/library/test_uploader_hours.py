"""Our detections of pushes: every kind of uploader keeps a name, one push is one finding, and nothing vanishes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.library.uploaders import DATA, failures, files, push, role, user
from tocsin.config import Settings
from tocsin.content.detection import Detection
from tocsin.content.library import load_library
from tocsin.hours import Hours, load_hours
from tocsin.hours.profile import read_profiles
from tocsin.risk.finding import Finding
from tocsin.risk.score import findings
from tocsin.run import compile_detection, execute

OUTSIDE = "AWS ECR Container Upload Outside Uploader Business Hours"
FAILED = "AWS ECR Failed Container Upload Outside Uploader Business Hours"
UNUSUAL = "AWS ECR Push At An Hour Unusual For This Principal"
OURS = (OUTSIDE, FAILED, UNUSUAL)
NIGHT = "2026-06-10T23:30:00Z"


@cache
def settings() -> Settings:
    read = load_hours(DATA / "hours.yml")
    assert read.diagnostics == ()
    return Settings(1_781_200_000.0, hours=read.hours, profiles=read_profiles(DATA / "profile.json"))


def detection(name: str) -> Detection:
    return load_library([]).find(name)


def found(name: str, path: Path, content: Path | None = None, given: Settings | None = None) -> list[Finding]:
    library, used = load_library([content] if content else []), given or settings()
    compiled = compile_detection(library.find(name), library, used)
    with execute([compiled], [str(path)], used, library) as run:
        ((search, result),) = run.results(origins=True)
        assert search.detection is not None
        rows = list(findings(search.detection, result, run.pointers))
        assert run.account.detections[0].dropped == []
        return rows


def shown(rows: Iterable[Finding], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row.result.get(name) for name in names) for row in rows]


def written(folder: Path, records: Iterable[Mapping[str, Any]]) -> Path:
    path = folder / "records.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def test_the_data_is_what_its_maker_makes() -> None:
    assert {name: (DATA / name).read_text(encoding="utf-8") for name in files()} == files()


@pytest.mark.parametrize("name", OURS)
def test_a_detection_finds_what_its_own_tests_name(name: str) -> None:
    ours = detection(name)
    ((_, (data,)),) = ours.tests
    rows = found(name, Path(ours.path).parents[2] / data)
    assert rows
    for row in rows:
        assert row.objects
        assert "null" not in {each.value for each in row.objects} | {each.value for each in row.threat_objects}
        assert "$" not in row.message


def test_pushes_outside_the_hours_of_whoever_pushed() -> None:
    rows = found(OUTSIDE, DATA / "pushes.jsonl")
    assert shown(rows, "user", "repository", "tag", "local_time", "reason", "records") == [
        ("555566667777", "labels", "1.0", "2026-06-11T00:02:00+02:00", "night", "1"),
        ("94482488-3041", "web/shop", "1.0", "2026-06-11T00:04:00+02:00", "night", "1"),
        ("ben", "open/tool", "1.0", "2026-06-10T23:40:00+02:00", "night", "1"),
        ("ben", "web/api", "2.0", "2026-06-10T23:00:03+02:00", "night", "3"),
        ("ben", "web/api", "by digest", "2026-06-10T23:30:00+02:00", "night", "1"),
        ("ci-build", "web/base", "1.0", "2026-06-10T12:00:00+00:00", "after closing", "1"),
        ("dana", "web/shop", "1.0", "2026-06-10T03:03:00-07:00", "night", "1"),
        ("eve", "web/shop", "1.0", "2026-06-11T00:09:59+02:00", "night", "1"),
        ("eve", "web/shop", "1.0", "2026-06-11T00:10:01+02:00", "night", "1"),
        ("fay", "web/shop", "1.0", "2026-06-11T00:03:00+02:00", "night", "1"),
        ("lena@example.com", "web/shop", "1.0", "2026-06-13T14:00:00+02:00", "weekend", "1"),
        ("printer", "labels", "1.0", "2026-06-11T00:01:00+02:00", "night", "1"),
        ("root of 111122223333", "scratch", "1.0", "2026-06-10T22:00:00+00:00", "closure: no hours", "1"),
        ("unknown", "web/shop", "1.0", "2026-06-11T00:05:00+02:00", "night", "1"),
    ]


def test_the_records_of_one_push_are_one_finding_with_their_digests() -> None:
    (folded,) = (row for row in found(OUTSIDE, DATA / "pushes.jsonl") if row.event_count == 3)
    assert folded.result["digest"] == tuple(f"sha256:{number:064}" for number in (12, 13, 14))
    assert [each.position for each in folded.events] == [12, 13, 14]
    assert folded.score == 49


def test_failed_pushes_score_less_and_keep_what_cloudtrail_withholds() -> None:
    rows = found(FAILED, DATA / "failed.jsonl")
    assert shown(rows, "user", "repository", "errorCode", "records") == [
        ("eve", "vault/keys", "AccessDenied", "2"),
        ("eve", "web/shop", "ImageTagAlreadyExistsException", "1"),
    ]
    assert {row.score for row in rows} == {20}
    assert "AccessDenied" in rows[0].message


def test_an_unusual_hour_is_told_in_bits_and_words() -> None:
    (row,) = found(UNUSUAL, DATA / "pushes.jsonl")
    assert row.result["user"] == "dana"
    assert row.result["surprise"] == (
        "at 03:00 on 0 of the last 26 Wednesdays; 0 of 3,510 calls between 03:00 and 04:00"
    )
    assert float(str(row.result["surprise_bits"])) > float(str(row.result["surprise_usual"])) + 5


def test_service_pushes_are_left_out_and_the_internal_hop_of_a_person_is_not(tmp_path: Path) -> None:
    linked = role("AWSServiceRoleForECRReplication", "x", invokedBy="replication.ecr.amazonaws.com")
    hop = user("ben") | {"invokedBy": "AWS Internal"}
    feigned = role("AWSServiceRoleForECRReplication", "x")
    kinds = [{"type": "AWSService", "invokedBy": "ecr.amazonaws.com"}, linked, hop, feigned]
    path = written(tmp_path, (push(number, NIGHT, who) for number, who in enumerate(kinds)))
    assert shown(found(OUTSIDE, path), "user") == [("AWSServiceRoleForECRReplication",), ("ben",)]


def test_a_customers_macro_for_service_pushes_holds(tmp_path: Path) -> None:
    content = tmp_path / "content"
    (content / "macros").mkdir(parents=True)
    macro = "name: aws_ecr_service_pushes\ndefinition: (userIdentity.userName=mirror)\n"
    (content / "macros" / "mine.yml").write_text(macro)
    path = written(tmp_path, [push(1, NIGHT, user("mirror")), push(2, NIGHT, user("ben"))])
    assert shown(found(OUTSIDE, path, content), "user") == [("ben",)]


def test_whoever_has_no_calendar_is_reported(tmp_path: Path) -> None:
    path = written(tmp_path, [push(1, "2026-06-10T12:00:00Z", user("stranger"))])
    hours = settings().hours
    assert isinstance(hours, Hours)
    rows = found(OUTSIDE, path, given=replace(settings(), hours=replace(hours, default="")))
    assert shown(rows, "user", "reason", "business_calendar") == [("stranger", "unknown", None)]


def every_edge() -> Iterator[tuple[str, int]]:
    yield "2026-06-10T05:59:59Z", 1  # 07:59:59 in Berlin
    yield "2026-06-10T06:00:00Z", 0
    yield "2026-06-10T15:59:59Z", 0
    yield "2026-06-10T16:00:00Z", 1


@pytest.mark.parametrize(("at", "count"), list(every_edge()))
def test_edges_are_half_open(at: str, count: int, tmp_path: Path) -> None:
    assert len(found(OUTSIDE, written(tmp_path, [push(1, at, user("ben"))]))) == count


@pytest.mark.parametrize("name", OURS)
def test_the_page_says_how_it_differs_and_each_has_a_filter(name: str) -> None:
    ours = detection(name)
    assert ours.author == "Tocsin"
    assert ours.generation == "2025"
    assert f"`{ours.filter_macro}`" in ours.search.text
    assert ours.filter_macro in ours.how_to_implement
    assert "AWS ECR Container Upload Outside" in ours.description


def test_a_failed_push_is_no_upload() -> None:
    assert shown(found(OUTSIDE, DATA / "failed.jsonl"), "records") == [("1",)]
    assert len(list(failures())) == 4
