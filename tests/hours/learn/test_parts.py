"""Of a day in two stretches the one that is plainly work is believed, and the other held back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random

import pytest
from msgspec.structs import replace

from tests.hours.learn.people import Worker, life
from tests.hours.learn.test_proposing import read
from tocsin.hours.learn import Gathering, Hints, Learned, Lesson, Sighting, learn, propose

OWN = Worker("anna", "Europe/Berlin", 9.0, 15.0, region="eu-central-1", late=0, away=0)


def learned_of(sightings: Iterable[Sighting], hints: Hints | None = None) -> Learned:
    gathering = Gathering()
    gathering.add_all(sightings)
    return learn(gathering.finish(), hints or Hints())


def lesson_of(sightings: Iterable[Sighting]) -> Lesson:
    (lesson,) = learned_of(sightings).lessons
    return lesson


def with_stretch(begin: float, end: float, share: float) -> Iterator[Sighting]:
    """Anna's days, and on a share of them a second stretch."""
    yield from life(OWN, Random(1))
    yield from life(replace(OWN, begin=begin, end=end, calls=5, away=1 - share, weekend=0), Random(2))


def test_the_main_stretch_is_believed_and_an_evening_held_back() -> None:
    lesson = lesson_of(with_stretch(20, 22, 0.5))
    assert (lesson.status, lesson.reasons) == ("adopted", ())
    assert lesson.hours.blocks == lesson_of(life(OWN, Random(1))).hours.blocks
    (held,) = lesson.held_back
    assert "Europe/Berlin, on " in held
    assert "of the main stretch: more than one person?" in held


def test_a_day_that_is_too_long_is_taken_apart_at_its_hole() -> None:
    lesson = lesson_of(with_stretch(18.5, 22.5, 0.5))
    assert lesson.status == "adopted"
    assert lesson.hours.blocks == lesson_of(life(OWN, Random(1))).hours.blocks
    assert len(lesson.held_back) == 1


@pytest.mark.parametrize("share", [0.3, 0.45])
def test_an_intruder_of_many_nights_neither_opens_his_hours_nor_closes_the_victims(share: float) -> None:
    lesson = lesson_of(with_stretch(1, 4, share))
    assert lesson.status == "adopted"
    assert lesson.hours.blocks == lesson_of(life(OWN, Random(1))).hours.blocks


def test_stretches_that_come_as_often_are_both_left_to_review() -> None:
    lesson = lesson_of(with_stretch(21, 23, 1.0))
    assert lesson.status == "review"
    assert lesson.held_back == ()
    assert any("separate stretches" in reason for reason in lesson.reasons)


def test_a_main_stretch_at_night_is_not_plainly_work() -> None:
    night = replace(OWN, begin=1.0, end=5.0, calls=3)
    both = [*life(night, Random(1)), *life(replace(OWN, begin=12, end=14, calls=5, away=0.5), Random(2))]
    lesson = lesson_of(both)
    assert lesson.status == "review"


def test_what_is_held_back_stands_at_the_end_and_is_adopted_by_name() -> None:
    sightings = list(with_stretch(21, 23, 0.5))
    text = propose(learned_of(sightings)).text
    assert "# Believed in part: 1 principal. What stands here does not hold." in text
    assert "#   not adopted: 20:00-24:00 Europe/Berlin" in text
    names = frozenset({"anna@example.com"})
    (lesson,) = learned_of(sightings, Hints(adopt=names)).lessons
    assert len(lesson.hours.blocks) == 2
    assert lesson.held_back == ()


def test_what_a_person_has_adopted_is_neither_asked_nor_narrowed_again() -> None:
    sightings = list(with_stretch(21, 23, 0.5))
    names = frozenset({"anna@example.com"})
    asked = propose(learned_of(sightings))
    answered = propose(learned_of(sightings, Hints(adopt=names)), asked.hours, names)
    again = propose(learned_of(sightings), read(answered.text))
    assert [change.what for change in answered.changes] == ["wider"]
    assert again.changes == ()
    assert again.hours.rules == answered.hours.rules
    assert "Believed in part" not in again.text
    assert "Believed in part" in propose(learned_of(sightings), asked.hours).text
