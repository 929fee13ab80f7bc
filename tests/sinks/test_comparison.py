"""A comparison is read by an analyst and by programs: what went, what came, whose clock says so, and why."""

from __future__ import annotations

import pytest

from tocsin.risk.comparison import MOST, Change, Comparison, Kind, Push
from tocsin.risk.finding import EventPointer
from tocsin.sinks.comparison_json import comparison_json
from tocsin.sinks.comparison_text import comparison_lines
from tocsin.sinks.grid import Page

NOON = 1_772_528_752.0  # 2026-03-03T09:05:52Z


def change(kind: Kind, user: str = "priya", number: int = 1, **more: str) -> Change:
    fields = {
        "account": "1",
        "repository": "web/shop",
        "tag": "2.1",
        "digest": "sha256:0",
        "error": "",
        "local_time": "2026-03-03T20:05:52+11:00",
        "zone": "Australia/Sydney",
        "calendar": "sydney",
        "state": "closed",
        "reason": "after closing",
        "rule": "rule 1 (line 3)",
        "before": "09:05 UTC on a Tuesday",
        "now": "after closing (sydney)",
    } | more
    before, now = fields.pop("before"), fields.pop("now")
    push = Push(event=EventPointer(f"e{number}", "a.json", number), time=NOON + number, user=user, **fields)
    return Change(kind, push, before, now)


def made(*changes: Change) -> Comparison:
    comparison = Comparison("The Original", ("Ours",))
    for each in changes:
        comparison.add(each)
    return comparison


def text(comparison: Comparison, width: int | None = None) -> str:
    return "\n".join(comparison_lines(comparison, Page(width, False), "UTC"))


def test_the_totals_come_first() -> None:
    lines = text(made(change("gone"), change("neither"), change("new"), change("new"))).splitlines()
    assert lines[0] == "What changes against The Original"
    assert lines[1].startswith("4 pushes: 1 no longer reported, 2 new, 0 lowered as failed,")
    assert lines[1].endswith("1 by neither")


def test_a_push_is_told_with_the_uploaders_clock_and_both_reasons() -> None:
    shown = text(made(change("new")))
    assert "Tue 2026-03-03 09:05" in shown
    assert "Tue 20:05 Sydney" in shown
    assert "after closing (sydney)" in shown
    assert "09:05 UTC on a Tuesday" in shown


def test_alike_pushes_are_one_line() -> None:
    nightly = [change("gone", "robot", number) for number in range(30)]
    shown = text(made(*nightly, change("gone", "maya", 40))).splitlines()
    assert [line.split()[3:5] for line in shown if "web/shop" in line] == [["30", "robot"], ["1", "maya"]]


def test_a_push_by_digest_and_one_of_nothing_known() -> None:
    shown = text(made(change("new", tag=""), change("new", "nobody", tag="", digest="", local_time="", zone="")))
    assert "web/shop by digest" in shown


def test_sections_without_pushes_are_left_out() -> None:
    assert "Gone" not in text(made(change("both")))


@pytest.mark.parametrize("width", [80, 120, 200])
def test_lines_fit_the_screen(width: int) -> None:
    long = change("new", "a.very.long.name@a.very.long.company.example", repository="a/repository/of/many/parts")
    assert all(len(line) <= width for line in text(made(long), width).splitlines())


def test_nothing_a_terminal_acts_upon_is_printed() -> None:
    shown = text(made(change("gone", "evil\x1b[31m\u202e")))
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_what_is_not_listed_is_counted() -> None:
    comparison = made(*(change("gone", f"u{number}", number) for number in range(MOST + 5)), change("neither"))
    assert (comparison.not_listed, comparison.pushes) == (5, MOST + 6)
    shown = text(comparison)
    assert "and 5 pushes more" in shown
    assert "more lines like these" in shown
    assert comparison_json(comparison)["changes_not_listed"] == 5


def test_programs_get_every_push_and_null_for_what_is_not_known() -> None:
    found = comparison_json(made(change("new", tag="", error="AccessDenied"), change("neither")))
    assert found["counts"] == {"gone": 0, "lowered": 0, "new": 1, "new_failed": 0, "both": 0, "neither": 1}
    (only,) = found["changes"]
    assert only == {
        "kind": "new",
        "event_id": "e1",
        "file": "a.json",
        "record": 1,
        "time": "2026-03-03T09:05:53Z",
        "user": "priya",
        "account": "1",
        "repository": "web/shop",
        "tag": None,
        "digest": "sha256:0",
        "error": "AccessDenied",
        "local_time": "2026-03-03T20:05:52+11:00",
        "zone": "Australia/Sydney",
        "calendar": "sydney",
        "state": "closed",
        "reason": "after closing",
        "rule": "rule 1 (line 3)",
        "before": "09:05 UTC on a Tuesday",
        "now": "after closing (sydney)",
    }
