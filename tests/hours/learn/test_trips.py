"""Trips are left out once they are over, a move is not, and an early week that is half known is not believed."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from tests.hours.learn.company import teams
from tests.hours.learn.people import START, Worker, intruder, life
from tocsin.hours.learn import Gathering, Learned, Lesson, Sighting, learn
from tocsin.hours.learn.evidence import evidence
from tocsin.hours.learn.shape import halves_of
from tocsin.hours.learn.trips import trips

AT = START + timedelta(weeks=5)


def learned_with(worker: Worker, days: int, more: tuple[Sighting, ...] = ()) -> Learned:
    gathering = Gathering()
    for each in (*teams(Random(1)), worker):
        gathering.add_all(life(each, Random(each.name), days))
    gathering.add_all(more)
    return learn(gathering.finish())


def lesson_of(learned: Learned, name: str) -> Lesson:
    return next(each for each in learned.lessons if each.shown.startswith(name))


def away(zone: str, days: int = 14, home: str = "America/Los_Angeles") -> Worker:
    return Worker("away", home, trip=(AT, AT + timedelta(days=days - 1), zone))


def halves(worker: Worker, days: int, seed: int = 3) -> list[int]:
    gathering = Gathering()
    gathering.add_all(life(worker, Random(seed), days))
    (record,) = gathering.finish().records.values()
    return halves_of(record)


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Europe/Berlin", "Asia/Tokyo"])
def test_a_trip_that_is_over_is_left_out_and_told(zone: str) -> None:
    learned = learned_with(away(zone), 84)
    lesson = lesson_of(learned, "away")
    assert (lesson.status, lesson.reasons) == ("adopted", ())
    assert lesson.hours.hours_a_day <= 13
    assert 8 <= lesson.away <= 15
    assert f"{lesson.away} days left out that lie hours apart from the others: a trip" in evidence(
        lesson, learned.limits
    )


@pytest.mark.parametrize("weeks", [7, 26])
def test_days_that_nothing_usual_followed_are_no_trip_and_may_be_a_move(weeks: int) -> None:
    moved = away("Asia/Kolkata", 7 * weeks)
    assert trips(halves(moved, 7 * 7)) == []
    soon, later = (lesson_of(learned_with(moved, 7 * after), "away") for after in (8, 11))
    assert (soon.status, soon.away, later.status, later.away) == ("adopted", 0, "review", 0)
    assert "moved, or away?" in soon.held_back[0]
    assert "moved, or away?" in later.reasons[0]


def test_without_a_trip_nothing_is_left_out() -> None:
    for seed in range(20):
        assert trips(halves(Worker("home", "Europe/Berlin", late=0.1, weekend=0.1), 120, seed)) == []
    assert trips([]) == []


def test_too_many_days_away_are_no_trip() -> None:
    assert trips(halves(away("Asia/Kolkata", 28), 7 * 12)) == []


def test_a_trip_opens_nothing_there_and_neither_does_an_intruder_beside_it() -> None:
    worker = away("Asia/Kolkata")
    taught = lesson_of(learned_with(worker, 120, tuple(intruder(worker, Random(2), 3))), "away")
    alone = lesson_of(learned_with(worker, 120), "away")
    assert taught.status == alone.status == "adopted"
    assert taught.hours.blocks == alone.hours.blocks
    assert taught.hours.weekdays == alone.hours.weekdays


def test_a_week_that_is_half_known_is_too_little_history() -> None:
    short = [lesson_of(learned_with(Worker("short", "Europe/Berlin", away=0), days), "short") for days in (25, 35)]
    absent = Worker("short", "Europe/Berlin", away=0, trip=(date(2024, 1, 19), date(2024, 1, 19), "Europe/Berlin"))
    missing = tuple(
        each for each in life(absent, Random("short"), 28) if each.start // 86_400 != _day(date(2024, 1, 19))
    )
    gathering = Gathering()
    gathering.add_all(missing)
    (lesson,) = learn(gathering.finish()).lessons
    assert lesson.status == "cold"
    assert lesson.reasons == ("too little history of fri: 3 dates of 4 needed",)
    assert [each.status for each in short] == ["cold", "adopted"]
    assert short[1].hours.weekdays == (0, 1, 2, 3, 4)


def _day(day: date) -> int:
    return (day - date(1970, 1, 1)).days
