from __future__ import annotations

from importlib.resources import files

import pytest
from msgspec.structs import replace

from tests.sinks.html.making import SATURDAY, abroad, behind
from tests.sinks.made import PUSH, finding
from tocsin.content.detection import Detection
from tocsin.risk.finding import ScoredObject
from tocsin.sinks.html import limits
from tocsin.sinks.html.chapter import Chapter, facts, paragraphs
from tocsin.sinks.html.limits import cut, cut_lines, cut_list
from tocsin.sinks.html.model import row
from tocsin.source import Composed, Source


def searching(text: str) -> Detection:
    return replace(PUSH, search=Composed.whole(Source("x", text)))


def test_a_row_says_when_by_both_clocks_and_why() -> None:
    shown = row(abroad(), "Europe/Berlin")
    assert (shown.first, shown.last) == ("Sat 2026-03-07 12:02:45", "")
    assert (shown.own, shown.day, shown.clock, shown.place) == (True, "Sun 2026-03-08", "00:02", "Pacific/Auckland")
    assert (shown.reasons, shown.calendar, shown.rule) == (("night",), "nz", "rule 2 (line 35)")


def test_without_a_clock_of_its_own_a_row_has_the_searchers() -> None:
    shown = row(finding(reason="because"), "Europe/Berlin")
    assert (shown.own, shown.day, shown.clock, shown.place) == (False, "Sat 2026-03-07", "12:02", "Europe/Berlin")
    assert shown.reasons == ()


def test_a_zone_alone_is_a_clock() -> None:
    shown = row(finding(local_zone="Asia/Tokyo", surprise="0 of the last 12 Saturdays"), "UTC")
    assert (shown.own, shown.clock, shown.place) == (True, "20:02", "Asia/Tokyo")
    assert shown.reasons == ("0 of the last 12 Saturdays",)


def test_an_offset_stands_for_a_zone_that_is_not_named() -> None:
    assert row(finding(local_time="2026-03-07T23:02:45+12:00"), "UTC").place == "UTC+1200"


@pytest.mark.parametrize("written", ["", "soon", ("later", "never"), "25:99"])
def test_a_local_time_that_is_no_time_is_not_one(written: str | tuple[str, ...]) -> None:
    assert not row(finding(local_time=written), "UTC").own


def test_a_finding_without_a_time_has_none() -> None:
    shown = row(replace(finding(), earliest=None, latest=None), "UTC")
    assert (shown.first, shown.clock, shown.day) == ("", "", "")


def test_a_row_names_the_image_whichever_detection_found_it() -> None:
    ours = row(abroad(), "UTC")
    assert (ours.repository, ours.tags, ours.digests) == (("web/shop",), ("1", "latest"), ("sha256:a", "sha256:b"))
    assert row(finding(), "UTC").tags == ("v2.3.1",)


def test_a_push_that_failed_says_how() -> None:
    assert row(finding(errorCode=("AccessDenied", "success")), "UTC").errors == ("AccessDenied",)
    assert row(finding(errorCode="success"), "UTC").errors == ()


def test_who_is_each_user_once_else_each_object_else_the_field() -> None:
    objects = [ScoredObject("user", "user", name, 1, "") for name in ("ann", "bob", "ann")]
    host = ScoredObject("dest", "system", "host", 1, "")
    assert row(replace(finding(), objects=(*objects, host)), "UTC").who == ("ann", "bob")
    assert row(replace(finding(), objects=(host,)), "UTC").who == ("host",)
    assert row(replace(finding("eve"), objects=()), "UTC").who == ("eve",)


def test_records_behind_a_row_have_place_and_time() -> None:
    shown = row(behind(finding(), *(SATURDAY + at for at in range(9))), "UTC", 2)
    assert (len(shown.records), shown.record_count) == (2, 9)
    assert shown.records[1].time == "Sat 2026-03-07 11:02:46"
    assert (shown.records[1].event_id, shown.records[1].file, shown.records[1].position) == ("e-2", "logs/e.gz", 2)


@pytest.mark.parametrize(("score", "word"), [(0, "low"), (20, "low"), (21, "medium"), (60, "medium"), (61, "high")])
def test_a_score_has_a_word(score: int, word: str) -> None:
    assert row(finding(score=score), "UTC").severity == word


def test_long_values_are_cut_and_say_so() -> None:
    shown = row(finding("u" * 10_000, imageTag=tuple(f"t{at}" for at in range(50))), "UTC")
    assert shown.who[0].endswith("uuu… (9,880 more characters)")
    fact = next(each for each in shown.facts if each.name == "imageTag")
    assert fact.values[-1] == "and 30 more"


def test_a_row_has_room_for_so_much_and_counts_the_rest() -> None:
    found = finding()
    found.result.update({f"field{at:03}": "x" * 400 for at in range(200)})
    wide = row(found, "UTC")
    assert sum(len(value) for fact in wide.facts for value in fact.values) <= limits.TEXT
    assert len(wide.facts) + wide.more == 210


def test_the_latest_findings_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LISTED", 3)
    chapter = Chapter(PUSH)
    days = (3, 1, 5, 2, 4, 4)
    for number, day in enumerate(days):
        chapter.add(finding(f"u{number}", f"2026-03-0{day}T00:00:00Z", score=day))
    chapter.add(replace(finding("timeless"), earliest=None))
    assert [each.result["user"] for each in chapter.latest(9)] == ["u2", "u4", "u5"]
    assert (chapter.count, chapter.score) == (7, 49)


def test_the_search_keeps_its_lines_and_nothing_else_that_acts() -> None:
    assert facts(searching("a\r\n\t| b \x1b[2J\u202e\n")).search == ("a", "    | b \\x1b[2J\\u202e")


def test_a_technique_that_nobody_knows_is_named_by_its_id() -> None:
    assert facts(PUSH).techniques == (("T1204.003", "Malicious Image", "Execution"), ("T9999", "", ""))


def test_a_description_becomes_paragraphs() -> None:
    assert paragraphs("One\nline.\n\n- a\n  b\n- c\n") == ("One line.", "- a b", "- c")
    assert paragraphs("") == ()


def test_a_detection_of_the_shipped_library_names_no_folder() -> None:
    assert facts(replace(PUSH, path=str(files("tocsin") / "library" / "x.yml"))).path == ""
    assert facts(PUSH).path == "night.yml"


def test_cutting_counts_what_it_leaves_out() -> None:
    assert (cut("abc", 3), cut("abcd", 3), cut("a\nb")) == ("abc", "abc… (1 more character)", "a\\nb")
    assert cut_list(["a", "b", "c"], 2) == ("a", "b", "and 1 more")
    assert cut_lines("one\ntwo three", 7) == ("one", "two", "… (6 more characters)")
