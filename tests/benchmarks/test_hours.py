"""The simulated company is what it says, its judges count as the product does, and its page matches its result."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from benchmarks.hours.by_hand import hours_of_company
from benchmarks.hours.company import Company, company, week_begins
from benchmarks.hours.figure import figure
from benchmarks.hours.how_good import page
from benchmarks.hours.intruders import INSIDE, KINDS, NIGHT, intrusions
from benchmarks.hours.page import tables
from benchmarks.hours.pushes import Push
from benchmarks.hours.records import records_of
from benchmarks.hours.systems import Says, by_calendars, by_profile, lessons, original, original_without_robots

from tocsin.config import Settings
from tocsin.content.library import load_library
from tocsin.risk.score import findings
from tocsin.run import compile_detection, execute

ROOT = Path(__file__).parents[2]
ORIGINAL = "AWS ECR Container Upload Outside Business Hours"
OUTSIDE = "AWS ECR Container Upload Outside Uploader Business Hours"
UNUSUAL = "AWS ECR Push At An Hour Unusual For This Principal"
WEEKS, HISTORY = 8, 6


@cache
def made() -> Company:
    return company(3, weeks=WEEKS, history=HISTORY)


def alerts(says: Says, pushes: Iterable[Push]) -> set[tuple[str, ...]]:
    return {found for each in pushes if (found := says(each)) is not None}


def found(name: str, pushes: Iterable[Push], folder: Path, settings: Settings) -> int:
    path = folder / "records.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records_of(pushes)))
    library = load_library([])
    compiled = compile_detection(library.find(name), library, settings)
    with execute([compiled], [str(path)], settings, library) as run:
        ((search, result),) = run.results(origins=True)
        assert search.detection is not None
        return len(list(findings(search.detection, result, run.pointers)))


def test_the_same_seed_makes_the_same_company() -> None:
    assert company(3, weeks=2) == company(3, weeks=2)
    assert company(3, weeks=2).pushes != company(4, weeks=2).pushes


@pytest.mark.parametrize("day", [0, 2, 5])
def test_the_original_has_as_many_alerts_as_a_scan_of_the_day(day: int, tmp_path: Path) -> None:
    begin = week_begins(HISTORY) + day * 86_400
    pushes = [each for each in made().pushes if begin <= each.at < begin + 86_400]
    expected = len(alerts(original, pushes))
    assert 5 < expected < len(pushes)
    assert found(ORIGINAL, pushes, tmp_path, Settings(begin + 90_000)) == expected


def test_our_detections_have_as_many_findings_as_a_scan(tmp_path: Path) -> None:
    pushes = [*made().between(HISTORY, WEEKS), *night(30)]
    hours, profiles = hours_of_company(made().people), lessons(made(), HISTORY).profiles
    settings = Settings(week_begins(WEEKS), hours=hours, profiles=profiles)
    for name, says in ((OUTSIDE, by_calendars(hours)), (UNUSUAL, by_profile(profiles))):
        expected = len(alerts(says, pushes))
        assert expected > 20
        assert found(name, pushes, tmp_path, settings) == expected


def night(count: int) -> list[Push]:
    return list(intrusions(NIGHT, count, made().people, Random(1), (HISTORY, WEEKS)))


def test_calendars_and_profiles_alarm_less_and_catch_more() -> None:
    ordinary, uninvited = made().between(HISTORY, WEEKS), night(200)
    taught = lessons(made(), HISTORY)
    noise = len(alerts(original, ordinary))
    caught = len(alerts_one_by_one(original, uninvited))
    assert len(alerts(original_without_robots, ordinary)) < noise / 2
    systems: list[tuple[Says, int]] = [
        (by_calendars(hours_of_company(made().people)), 20),
        (by_calendars(taught.hours), 4),
        (by_profile(taught.profiles), 10),
    ]
    for says, times in systems:
        assert len(alerts(says, ordinary)) * times < noise
        assert len(alerts_one_by_one(says, uninvited)) > caught


def alerts_one_by_one(says: Callable[[Push], Any], pushes: Iterable[Push]) -> list[Push]:
    return [each for each in pushes if says(each) is not None]


def test_true_calendars_do_not_see_an_intruder_inside_hours() -> None:
    uninvited = list(intrusions(INSIDE, 200, made().people, Random(1), (HISTORY, WEEKS)))
    assert len(alerts_one_by_one(by_calendars(hours_of_company(made().people)), uninvited)) < 20


def test_every_kind_of_intruder_comes_as_often_as_asked() -> None:
    for kind in KINDS:
        assert len(list(intrusions(kind, 25, made().people, Random(2), (HISTORY, WEEKS)))) == 25


def result() -> tuple[Path, dict[str, Any]]:
    path = max((ROOT / "benchmarks" / "results").glob("hours-*.json"))
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return path, read


def test_the_page_the_figure_and_the_tables_are_those_of_the_last_result() -> None:
    path, read = result()
    docs = ROOT / "docs" / "hours"
    assert (docs / "how-good.md").read_text(encoding="utf-8") == page(read)
    assert (docs / "how-good.svg").read_text(encoding="utf-8") == figure(read)
    assert path.with_suffix(".md").read_text(encoding="utf-8").endswith(tables(read))


def test_the_figure_names_every_system_and_has_a_dark_form() -> None:
    drawn = figure(result()[1])
    assert "prefers-color-scheme: dark" in drawn
    assert drawn.count("<circle") == 16
    assert "script" not in drawn
