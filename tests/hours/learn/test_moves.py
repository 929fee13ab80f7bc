"""After a move one side of it is learned from: what was before until there is enough since."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from msgspec.structs import replace

from tests.hours.learn.people import START, Worker, life
from tocsin.hours.learn import Gathering, Hints, Lesson, learn
from tocsin.hours.learn.limits import DEFAULTS
from tocsin.hours.learn.moves import moved
from tocsin.hours.learn.shape import halves_of

WEEK = 7


def mover(before: int, zone: str = "America/Los_Angeles") -> Worker:
    """Somebody in Berlin who goes away for good after so many weeks."""
    first = START + timedelta(weeks=before)
    return Worker("anna", "Europe/Berlin", region="eu-central-1", trip=(first, first + timedelta(weeks=52), zone))


def lesson_of(worker: Worker, weeks: int, hints: Hints | None = None) -> Lesson:
    gathering = Gathering()
    gathering.add_all(life(worker, Random(5), WEEK * weeks))
    (lesson,) = learn(gathering.finish(), hints or Hints({"America/Los_Angeles": 3.0})).lessons
    return lesson


def halves(worker: Worker, weeks: int, seed: int = 5) -> list[int]:
    gathering = Gathering()
    gathering.add_all(life(worker, Random(seed), WEEK * weeks))
    (record,) = gathering.finish().records.values()
    return halves_of(record)


@pytest.mark.parametrize(("since", "settled"), [(2, False), (3, False), (5, True), (8, True)])
def test_the_day_of_a_move_is_found_and_how_far(since: int, settled: bool) -> None:
    found = moved(halves(mover(9), 9 + since), DEFAULTS)
    assert found is not None
    assert abs(found.at / 48 - ((START.toordinal() - 719_163) + 9 * WEEK)) <= 4
    assert 7 <= found.hours <= 10
    assert found.settled is settled


def test_evenings_now_and_then_are_no_move() -> None:
    anna = Worker("anna", "Europe/Berlin", 9, 15, late=0)
    for seed in range(20):
        gathering = Gathering()
        gathering.add_all(life(anna, Random(seed), WEEK * 10))
        gathering.add_all(life(replace(anna, begin=21, end=23, calls=4, away=0.6), Random(-1 - seed), WEEK * 10))
        (record,) = gathering.finish().records.values()
        assert moved(halves_of(record), DEFAULTS) is None, seed


def test_shortly_after_a_move_the_days_before_are_in_force_and_the_change_is_told() -> None:
    lesson = lesson_of(mover(9), 12)
    assert (lesson.status, lesson.zone) == ("adopted", "Europe/Berlin")
    ((begin, end),) = lesson.hours.blocks
    assert begin >= 14
    assert end <= 40
    assert any("hours later: moved, or away?" in each for each in lesson.held_back)


def test_a_settled_move_is_reviewed_and_the_new_days_proposed() -> None:
    lesson = lesson_of(mover(9), 16)
    assert lesson.status == "review"
    assert "hours later: moved, or away?" in lesson.reasons[0]
    assert lesson.zone == "America/Los_Angeles"
    assert lesson.hours.hours_a_day <= 13


def test_a_settled_move_is_in_force_for_whom_a_person_says_so() -> None:
    hints = Hints({"America/Los_Angeles": 3.0}, frozenset({"anna@example.com"}))
    lesson = lesson_of(mover(9), 16, hints)
    assert (lesson.status, lesson.zone) == ("adopted", "America/Los_Angeles")


def test_too_little_on_either_side_of_a_move_is_a_cold_start_that_tells_it() -> None:
    lesson = lesson_of(mover(3), 6)
    assert lesson.status == "cold"
    assert "too little history" in lesson.reasons[0]
    assert "moved, or away?" in lesson.reasons[1]
