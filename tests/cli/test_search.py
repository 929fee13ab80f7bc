"""`tocsin search`: any search, rows out."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.cli.content import lookup, macro
from tests.cli.pushes import FILTER, other, push, text, write
from tests.cli.running import Tocsin
from tocsin.content.library import load_library


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    records = (
        push(1),
        push(2, "bob"),
        other(3, errorCode="AccessDenied"),
        other(4, resources=[{"ARN": "a"}, {"ARN": "b"}]),
    )
    return write(tmp_path / "logs", a__json=text(*records))


def test_rows_are_flat_objects_of_texts_and_lists_of_texts(tocsin: Tocsin, logs: Path) -> None:
    spl = "eventName=* | table user resources{}.ARN readOnly | head 1"
    assert tocsin.search(spl, logs).lines == [{"user": "ann", "resources{}.ARN": ["a", "b"]}]


def test_events_come_newest_first_and_groups_in_their_order(tocsin: Tocsin, logs: Path) -> None:
    assert tocsin.search("* | table eventID", logs).column("eventID") == [f"event-{number}" for number in (4, 3, 2, 1)]
    assert tocsin.search("* | stats count by eventName, user", logs).lines == [
        {"eventName": "DescribeRepositories", "user": "ann", "count": "2"},
        {"eventName": "PutImage", "user": "ann", "count": "1"},
        {"eventName": "PutImage", "user": "bob", "count": "1"},
    ]


def test_an_open_search_shows_every_field(tocsin: Tocsin, logs: Path) -> None:
    (row,) = tocsin.search("eventID=event-2", logs).lines
    assert row["_time"] == "1772661602"
    assert row["userIdentity.userName"] == "bob"
    assert row["requestParameters.imageTag"] == "t002"
    assert row["action"] if "action" in row else row["errorCode"] == "success"
    assert row["responseElements"] == "null"


def test_as_csv_and_table(tocsin: Tocsin, logs: Path) -> None:
    spl = "eventName=PutImage | table _time user missing"
    heading, *rows = csv.reader(io.StringIO(tocsin.search(spl, logs, form="csv").out))
    assert heading == ["_time", "user", "missing"]
    assert rows == [["1772661602", "bob", ""], ["1772661601", "ann", ""]]
    table = tocsin.search(spl, logs, form="table").out.splitlines()
    assert table[0].split() == ["_time", "(UTC)", "user", "missing"]
    assert table[1].split() == ["Wed", "2026-03-04", "22:00:02", "bob"]
    assert len(table) == 3


def test_the_account_goes_beside_the_rows(tocsin: Tocsin, logs: Path) -> None:
    ran = tocsin.search("eventName=PutImage | stats count by user, errorMessage", logs, form="table")
    assert ran.out == "No rows.\n"
    assert "Left out of the result" in ran.err
    assert "no matched record has errorMessage, which the search reads" in ran.err


def test_a_name_that_a_rename_was_to_make_is_no_field_that_records_lack(tocsin: Tocsin, logs: Path) -> None:
    (found,) = tocsin.search("* | rename nosuch as user | stats count by user", logs).summary["detections"]
    assert found["missing_fields"] == ["nosuch"]
    assert found["dropped"][0]["by_field"] == {"user": 4}


def test_what_a_pattern_never_finds_is_counted_but_no_field_that_records_lack(tocsin: Tocsin, logs: Path) -> None:
    (found,) = tocsin.search('* | rex field=user "(?<who>nobody)" | stats count by who', logs).summary["detections"]
    assert found["missing_fields"] == []
    assert found["dropped"][0]["by_field"] == {"who": 4}


def test_warnings_of_the_text_are_told_beside_what_forbids_to_run_it(tocsin: Tocsin, logs: Path) -> None:
    ran = tocsin.search("eventName==PutImage | head 1 | transpose", logs, code=2)
    assert "warning[double-equals]" in ran.err
    assert "unsupported[unsupported-command]" in ran.err


def test_warnings_of_the_text_are_told_beside_an_empty_window(tocsin: Tocsin, logs: Path) -> None:
    ran = tocsin.search("eventName==PutImage earliest=10 latest=5", logs, code=2)
    assert "warning[double-equals]" in ran.err
    assert "error[empty-window]" in ran.err


@pytest.mark.parametrize("modifier", ["earliest=-1x", "latest=soon"])
def test_a_time_that_cannot_be_read_is_told_at_its_place(tocsin: Tocsin, logs: Path, modifier: str) -> None:
    ran = tocsin.search(f"eventName=PutImage {modifier} | transpose", logs, code=2)
    place = " " * len("eventName=PutImage ") + "^" * len(modifier)
    assert f"\n  | {place} no time\n" in ran.err
    assert "unsupported[unsupported-command]" in ran.err


def test_macros_and_lookups_of_a_folder_serve_a_search(tocsin: Tocsin, logs: Path, tmp_path: Path) -> None:
    macro(tmp_path / "mine", "pushes", "`cloudtrail` eventName=PutImage user=$who$", "who")
    lookup(tmp_path / "mine", "teams", "who,team", "ann,web", "bob,data")
    spl = "`pushes(b*)` | lookup teams who AS user OUTPUT team | table user team"
    assert tocsin.search(spl, logs, "--content", tmp_path / "mine").lines == [{"user": "bob", "team": "data"}]


def test_a_detections_own_text_is_a_search(tocsin: Tocsin, logs: Path) -> None:
    spl = "`cloudtrail` eventName=PutImage date_hour>=20 OR date_hour<8 | stats count min(_time) AS firstTime by user"
    ran = tocsin.search(f"{spl} | `security_content_ctime(firstTime)`", logs)
    assert ran.column("firstTime") == ["2026-03-04T22:00:01", "2026-03-04T22:00:02"]


@pytest.mark.parametrize(
    ("spl", "words"),
    [
        ('eventName="x', "error[unclosed-quote]"),
        ("`nowhere`", "error[unknown-macro]"),
        ("* | frobnicate", "error[unknown-command]"),
        ("* | stats count by", "error["),
        ("| stats count", "error[no-search-first]"),
        ("", "error[empty-search]"),
        ("* | transaction user", "unsupported[unsupported-command]"),
        ("* [search x]", "unsupported[unsupported-subsearch"),
        ('* | where match(user, "(x{999}){999}")', "error[bad-regex]"),
        ('* | convert timeformat="%K" ctime(_time)', "unsupported[unsupported-time-format]"),
        ("`a" * 3000, "error["),
        ("\x00\x1b[31m", "error["),
    ],
    ids=lambda value: value[:20],
)
def test_a_search_in_error_says_what_and_where_and_prints_no_rows(
    tocsin: Tocsin, logs: Path, spl: str, words: str
) -> None:
    ran = tocsin("search", spl, logs, code=None)
    if ran.code == 0:  # nothing wrong with odd characters in a word
        assert "\x1b" not in ran.out + ran.err
        return
    assert ran.code == 2
    assert words in ran.err
    assert "--> <search>:1:" in ran.err
    assert ran.out == ""


@pytest.mark.parametrize(
    ("spl", "known"),
    [
        ("eventname=PutImage | stats count", "eventName"),
        ("* | stats count by username", "userName"),
        ("userIdentity.arn=* useridentity.type=* | stats count", "userIdentity.type"),
    ],
)
def test_a_field_in_another_case_is_warned_about(tocsin: Tocsin, logs: Path, spl: str, known: str) -> None:
    ran = tocsin.search(spl, logs)
    assert "warning[other-case]" in ran.err
    assert f"did you mean `{known}`?" in ran.err
    assert "--> <search>:1:" in ran.err


def test_a_search_for_other_logs_is_warned_about(tocsin: Tocsin, logs: Path) -> None:
    ran = tocsin.search("sourcetype=aws:config | stats count", logs)
    assert "warning[matches-nothing]" in ran.err
    assert ran.column("count") == ["0"]


def test_names_of_fields_cannot_move_a_cursor(tocsin: Tocsin, tmp_path: Path) -> None:
    hostile = push(1, **{"\x1b[2J": "\x1b[31m", "=cmd": "1"})
    logs = write(tmp_path / "logs", a__json=text(hostile))
    for form in ("table", "csv", "jsonl"):
        ran = tocsin.search("*", logs, form=form)
        assert "\x1b" not in ran.out
        assert "[31m" in ran.out


def test_records_of_very_many_shapes_are_no_trouble(tocsin: Tocsin, tmp_path: Path) -> None:
    records = [push(number, requestParameters={f"key{number}": {f"in{number}": "x"}}) for number in range(300)]
    logs = write(tmp_path / "logs", a__json=text(*records))
    assert len(tocsin.search("* | head 3", logs).lines) == 3


def test_a_search_runs_as_it_stands_on_its_page(tocsin: Tocsin, logs: Path, flagship: tuple[str, str]) -> None:
    spl = load_library([]).find(flagship[1]).search.text
    assert FILTER in spl
    rows = tocsin.search(spl, logs).lines
    assert rows == [line["result"] for line in tocsin.scan(logs, *flagship).lines] != []
