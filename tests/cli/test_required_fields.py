"""Required fields that no record has are told, and none that some record has, whatever went unread."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.content import detection
from tests.cli.pushes import other, push, text, write
from tests.cli.running import Ran, Tocsin

NOPE = "requestParameters.nope"
FULL = "--full-count"


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    """A push, and a record of another kind that alone has `requestParameters.colour`, `.many` and `.deep`."""
    told = {"colour": "red", "many": [{"x": "1"}], "deep": {"y": "2"}}
    return write(tmp_path / "logs", a__json=text(push(1)), b__json=text(other(2, requestParameters=told)))


def absent(ran: Ran) -> list[str]:
    (found,) = ran.summary["detections"]
    names: list[str] = found["absent_fields"]
    return names


def test_a_field_that_rules_every_file_out_is_told(tocsin: Tocsin, logs: Path) -> None:
    ran = tocsin.search(f"{NOPE}=* | stats count by user", logs)
    assert ran.summary["records"]["decoded"] == 0
    assert absent(ran) == [NOPE]
    assert f"Required fields that no file read holds\n  search: {NOPE}\n" in ran.err


def test_what_the_read_records_lack_is_told_as_far_as_they_were_read(tocsin: Tocsin, logs: Path) -> None:
    ran = tocsin.search(f"eventName=PutImage OR eventName=Describe* {NOPE}=1 | stats count by user", logs, FULL)
    assert absent(ran) == [NOPE]
    assert f"Required fields that none of the 2 records read has\n  search: {NOPE}\n\n" in ran.err
    ran = tocsin.search(f"user=* {NOPE}!=1 requestParameters.repositoryName=shop | stats count by user", logs)
    assert absent(ran) == []  # another text may have ruled the files out


@pytest.mark.parametrize(
    "condition",
    [
        "requestParameters.colour=blue",
        "requestParameters.colour=* eventName=PutImage",
        "requestParameters.many{}.x=7",
        "requestParameters.many{}=7",
        "requestParameters.deep=7",
        f"NOT {NOPE}=1 eventName=Nothing",
        f"eventName=Nothing ({NOPE}=1 OR requestParameters.colour=blue)",
        "errorCode=AccessDenied",
        "user=nobody",
        "src_ip=10.0.0.0/8",
        "host=x",
        "_time=1",
        "nobody",
    ],
)
@pytest.mark.parametrize("options", [(), (FULL,)])
def test_what_some_record_has_or_a_match_may_lack_is_not(
    tocsin: Tocsin, logs: Path, condition: str, options: tuple[str, ...]
) -> None:
    assert absent(tocsin.search(f"{condition} | stats count", logs, *options)) == []


@pytest.mark.parametrize("condition", [f"({NOPE}=1 OR {NOPE}=2)", f"{NOPE} IN (a, b)", f"{NOPE}>3", f'"{NOPE}"!=x'])
def test_every_comparison_needs_a_value(tocsin: Tocsin, logs: Path, condition: str) -> None:
    assert absent(tocsin.search(f"{condition} eventName=* | stats count", logs, FULL)) == [NOPE]


def test_a_full_count_looks_for_all_that_is_read_or_called_required(tocsin: Tocsin, logs: Path, tmp_path: Path) -> None:
    stated = ["_time", "user", "imageTag", "requestParameters.*", "requestParameters.colour", "requestParameters.other"]
    tags = {"analytic_story": [], "required_fields": stated}
    search = "eventName=PutImage | eval x='userIdentity.nope' | rename requestParameters.* as * | stats count by {}"
    search = search.format("user, imageTag, x")
    detection(tmp_path / "mine", "Push", search, tags=tags)
    ran = tocsin.scan(logs, "--content", tmp_path / "mine")
    assert absent(ran) == []
    ran = tocsin.scan(logs, "--content", tmp_path / "mine", FULL)
    assert absent(ran) == ["requestParameters.other", "userIdentity.nope"]
    assert "Required fields that none of the 2 records read has\n  Push: requestParameters.other" in ran.err


def test_a_field_that_the_search_needs_and_then_makes_is_told(tocsin: Tocsin, logs: Path) -> None:
    assert absent(tocsin.search(f"{NOPE}=1 | eval {NOPE}=1 | stats count", logs)) == [NOPE]


def test_what_may_be_made_of_computed_fields_is_not(tocsin: Tocsin, logs: Path, tmp_path: Path) -> None:
    tags = {"analytic_story": [], "required_fields": ["my_agent", "myName", "myNope"]}
    detection(tmp_path / "mine", "Mine", "eventName=PutImage | rename user* as my* | table my*", tags=tags)
    assert absent(tocsin.scan(logs, "--content", tmp_path / "mine", FULL)) == ["myNope"]


def test_workers_tell_what_they_saw(tocsin: Tocsin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tocsin.cloudtrail.scan.LITTLE", 0)
    monkeypatch.setattr("tocsin.cloudtrail.tasks._FILES", 1)
    files = {f"f{number}__json": text(push(number)) for number in range(5)}
    files["g__json"] = text(other(9, requestParameters={"colour": "red"}))
    logs = write(tmp_path / "many", **files)
    for jobs in ("1", "3"):
        assert absent(tocsin.search("requestParameters.colour=blue eventName=*", logs, FULL, "--jobs", jobs)) == []
        assert absent(tocsin.search(f"{NOPE}=blue eventName=*", logs, FULL, "--jobs", jobs)) == [NOPE]
