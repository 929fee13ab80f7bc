from __future__ import annotations

from dataclasses import replace

import pytest

from tests.sinks.made import PUSH, finding
from tocsin.risk.finding import ScoredObject
from tocsin.sinks.html.model import facts, mark, row
from tocsin.source import Composed, Source


def test_a_row_says_when_by_both_clocks() -> None:
    away = finding(
        local_time="2026-03-08T00:02:45+13:00", local_zone="Pacific/Auckland", reason="weekend", business_calendar="nz"
    )
    shown = row(away, "Europe/Berlin")
    assert (shown.first, shown.last) == ("Sat 2026-03-07 12:02:45", "")
    assert (shown.local, shown.local_zone) == ("Sun 2026-03-08 00:02:45", "Pacific/Auckland")
    assert (shown.reason, shown.calendar) == ("weekend", "nz")
    assert mark(away, "Europe/Berlin").slot == (6, 0)


@pytest.mark.parametrize("written", ["", "soon", ("later", "never"), "25:99"])
def test_a_local_time_that_is_no_time_is_not_one(written: str | tuple[str, ...]) -> None:
    odd = finding(local_time=written)
    assert row(odd, "UTC").local == ""
    assert mark(odd, "Europe/Berlin").slot == (5, 12)


def test_a_finding_without_a_time_has_no_place_in_the_week() -> None:
    timeless = replace(finding(), earliest=None, latest=None)
    assert row(timeless, "UTC").first == ""
    assert (mark(timeless, "UTC").at, mark(timeless, "UTC").slot) == (None, None)


def test_a_row_names_the_image_whichever_detection_found_it() -> None:
    ours = row(finding(tag=("1", "latest"), digest=("sha256:a", "sha256:b")), "UTC")
    assert (ours.repository, ours.tags, ours.digests) == ("web/shop", "1, latest", ("sha256:a", "sha256:b"))
    assert row(finding(), "UTC").tags == "v2.3.1"


def test_who_is_each_object_once_else_the_field() -> None:
    objects = [ScoredObject("user", "user", name, 1, "") for name in ("ann", "bob", "ann")]
    several = replace(finding(), objects=(*objects, ScoredObject("dest", "system", "host", 1, "")))
    assert row(several, "UTC").who == ("ann", "bob", "host")
    assert mark(several, "UTC").people == ("ann", "bob")
    assert row(replace(finding("eve"), objects=()), "UTC").who == ("eve",)


def test_where_from_is_told_once() -> None:
    assert row(finding(source="192.0.2.1"), "UTC").source == ("192.0.2.1", "eu-west-1")


def test_the_search_keeps_its_lines_and_nothing_else_that_acts() -> None:
    search = Composed.whole(Source("x", "a\r\n\t| b \x1b[2J\u202e\n"))
    assert facts(replace(PUSH, search=search)).search == "a\n    | b \\x1b[2J\\u202e"


def test_a_technique_that_nobody_knows_is_named_by_its_id() -> None:
    assert facts(PUSH).techniques == ("T1204.003 Malicious Image (Execution)", "T9999")


@pytest.mark.parametrize(("score", "word"), [(0, "low"), (20, "low"), (21, "medium"), (60, "medium"), (61, "high")])
def test_a_score_has_a_word(score: int, word: str) -> None:
    assert row(finding(score=score), "UTC").severity == word
