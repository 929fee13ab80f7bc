"""`scan --format html`: what the run adds to the page, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.content import detection, macro
from tests.cli.pushes import push, text, write
from tests.cli.running import Ran, Tocsin
from tests.sinks.html.reading import Page, read

EXAMPLES = Path(__file__).parents[2] / "examples"
TRAIL = EXAMPLES / "trail"
HOURS = ("--hours", EXAMPLES / "hours.yml")
NOW = ("--now", "2026-03-09")


def page(ran: Ran) -> Page:
    found = read(ran.out)
    assert (found.wrong, found.open) == ([], [])
    return found


@pytest.fixture(scope="module")
def counted() -> str:
    """The week at the example's company has 37 pushes: a duplicate counts once."""
    return "pushes in all 37"


def test_the_same_run_gives_the_same_page(tocsin: Tocsin) -> None:
    first, again = (tocsin.scan(TRAIL, *HOURS, *NOW, "--jobs", jobs, form="html").out for jobs in ("1", "2"))
    assert first == again


def test_findings_are_seen_against_every_push(tocsin: Tocsin, counted: str) -> None:
    found = page(tocsin.scan(TRAIL, *NOW, form="html"))
    assert found.text("dl", "numbers").endswith(counted)
    assert found.texts("table", "week")[0].startswith("Pushes by weekday and hour, on the clock of UTC")
    assert "data/etl 1 7 (of 7)" in found.texts("table", "sums")[1]
    assert "web/shop 3 3 (of 11)" in found.texts("table", "sums")[1]


def test_with_hours_pushes_stand_on_the_clock_of_whoever_pushed(tocsin: Tocsin, counted: str) -> None:
    found = page(tocsin.scan(TRAIL, *HOURS, *NOW, form="html"))
    assert found.text("dl", "numbers").endswith(counted)
    wide = found.texts("table", "week")[0]
    assert wide.startswith("Pushes by weekday and hour, on the clock of whoever acted 00 01")
    days = {
        line.split()[0]: line.split()[1:] for line in wide.split("23 Mon ")[1].replace("Tue", "\nTue").splitlines()[1:]
    }
    assert days["Tue"][:4] == ["1", "behind", "findings", "1"]  # 02:10 the nightly build, 09:41 in Sydney
    assert "00:20 Sat 2026-03-07 Europe/Warsaw, their clock Fri 2026-03-06 23:20:02 UTC" in " ".join(
        found.texts("article")
    )


def test_the_account_is_that_of_the_same_run_without_a_page(tocsin: Tocsin) -> None:
    plain = tocsin.scan(TRAIL, *HOURS, "--compare").summary
    paged = tocsin.scan(TRAIL, *HOURS, "--compare", form="html").summary
    assert {**paged, "seconds": 0} == {**plain, "seconds": 0}


def test_the_comparison_stands_in_the_page_alone(tocsin: Tocsin) -> None:
    ran = tocsin.scan(TRAIL, *HOURS, *NOW, "--compare", form="html")
    assert len(page(ran).all("table", "changes")) == 5
    assert "What changes" not in ran.err
    assert "320 files = 320 read" in ran.err


def test_detections_that_do_not_ask_for_pushes_are_seen_alone(tocsin: Tocsin, tmp_path: Path) -> None:
    logs = write(tmp_path / "logs", a__json=text(push(1), push(2, eventName="DeleteRepository")))
    detection(tmp_path / "mine", "Deletes", "eventName=DeleteRepository | stats count by user")
    found = page(tocsin.scan(logs, "--content", tmp_path / "mine", form="html"))
    assert "pushes in all" not in found.text("dl", "numbers")
    assert found.texts("table", "week")[0].startswith("Records behind findings by weekday and hour")


def test_a_macro_of_ones_own_that_breaks_the_count_breaks_nothing_else(tocsin: Tocsin, tmp_path: Path) -> None:
    logs = write(tmp_path / "logs", a__json=text(push(1)))
    detection(tmp_path / "mine", "Pushes", "eventName=PutImage | stats count by user")
    macro(tmp_path / "mine", "aws_ecr_push", "nosuchcommand")
    found = page(tocsin.scan(logs, "--content", tmp_path / "mine", form="html"))
    assert found.text("h1") == "1 finding"
    assert "pushes in all" not in found.text("dl", "numbers")


def test_the_search_is_shown_as_written_and_as_it_ran(tocsin: Tocsin) -> None:
    written, ran = (each.text for each in page(tocsin.scan(TRAIL, *NOW, form="html")).all("pre"))
    assert written.startswith("`cloudtrail` eventSource=ecr.amazonaws.com")
    assert ran.startswith("sourcetype=aws:cloudtrail eventSource=ecr.amazonaws.com")


def test_the_page_says_what_it_was_made_of(tocsin: Tocsin) -> None:
    how = page(tocsin.scan(TRAIL, *HOURS, form="html")).texts("section")[-1]
    assert f"Logs {TRAIL} Calendar file {EXAMPLES / 'hours.yml'}" in how


def test_no_record_of_the_logs_is_lost_in_the_pages_sums(tocsin: Tocsin, tmp_path: Path) -> None:
    logs = write(tmp_path / "logs", a__json=text(*(push(number, f"u{number % 5}") for number in range(250))))
    detection(tmp_path / "mine", "Many", "eventName=PutImage | stats count by eventName")
    found = page(tocsin.scan(logs, "--content", tmp_path / "mine", form="html"))
    assert "records behind findings 250 pushes in all 250" in found.text("dl", "numbers")
    assert "150 records behind findings are not in the map" in " ".join(found.texts("p", "note"))
