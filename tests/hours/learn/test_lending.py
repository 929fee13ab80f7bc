"""A newcomer who does what colleagues do is lent their hours, and nobody else is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random

import pytest
from msgspec.structs import replace

from tests.hours.learn.people import START, Worker, life
from tocsin.hours.learn import Gathering, Learned, Lesson, learn, propose

TEAM = [Worker(f"berlin{at}", "Europe/Berlin", 8.5 + at / 4, 17.5, region="eu-central-1") for at in range(4)]
LAST = START + timedelta(days=84)
NEW = Worker("newcomer", "Europe/Berlin", region="eu-central-1", away=0, late=0, weekend=0)


def learned_with(new: Worker, days: int, team: Sequence[Worker] = tuple(TEAM)) -> Learned:
    gathering = Gathering()
    for each in team:
        gathering.add_all(life(each, Random(each.name), 84))
    gathering.add_all(life(new, Random(1), days, LAST - timedelta(days=days)))
    return learn(gathering.finish())


def newcomer(new: Worker, days: int, team: Sequence[Worker] = tuple(TEAM)) -> Lesson:
    return next(each for each in learned_with(new, days, team).lessons if each.shown.startswith("newcomer"))


@pytest.mark.parametrize(("days", "status"), [(3, "cold"), (5, "cold"), (11, "adopted"), (18, "adopted")])
def test_a_week_and_a_half_among_colleagues_is_enough(days: int, status: str) -> None:
    assert newcomer(NEW, days).status == status


def test_lent_hours_are_those_of_the_middle_colleague_and_say_so() -> None:
    lesson = newcomer(NEW, 14)
    colleagues = [each.hours.blocks[0] for each in learned_with(NEW, 14).lessons if each.principal != lesson.principal]
    ((begin, end),) = lesson.hours.blocks
    assert min(each[0] for each in colleagues) <= begin <= max(each[0] for each in colleagues)
    assert min(each[1] for each in colleagues) <= end <= max(each[1] for each in colleagues)
    assert lesson.zone == "Europe/Berlin"
    assert lesson.lent.startswith("hours lent by 4 colleagues, Europe/Berlin mon-fri ")


def test_nothing_is_lent_that_three_colleagues_do_not_have() -> None:
    assert newcomer(NEW, 14, TEAM[:2]).status == "cold"
    assert newcomer(NEW, 14, TEAM[:3]).status == "adopted"


@pytest.mark.parametrize(
    "other",
    [
        replace(NEW, begin=22, end=29),
        replace(NEW, begin=14, end=23),
        replace(NEW, zone="America/Los_Angeles"),
        replace(NEW, region="us-west-2"),
        replace(NEW, weekdays=(4, 5, 6)),
    ],
)
def test_who_keeps_other_hours_or_another_region_is_lent_nothing(other: Worker) -> None:
    assert newcomer(other, 18).status == "cold"


def test_between_teams_of_two_clocks_nothing_is_lent() -> None:
    """Ten to two in Berlin is the afternoon in Bangalore; where no region tells, it could be either."""
    bangalore = [Worker(f"bangalore{at}", "Asia/Kolkata", 9 + at / 4, 18) for at in range(4)]
    berlin = [replace(each, region="us-east-1") for each in TEAM]
    between = replace(NEW, begin=9.5, end=13, region="us-east-1", calls=4)
    assert newcomer(between, 18, berlin).status == "adopted"
    assert newcomer(between, 18, [*berlin, *bangalore]).status == "cold"


def test_whom_a_rule_has_lent_hours_to_the_last_file_keeps() -> None:
    first = propose(learned_with(NEW, 14))
    again = propose(learned_with(NEW, 14), first.hours)
    assert again.hours.rules == first.hours.rules
    assert again.changes == ()
    assert "hours lent by 4 colleagues" in first.text


def test_a_person_on_a_schedule_of_his_own_gets_it_once_it_is_known() -> None:
    late = replace(NEW, begin=10.5, end=19)
    assert newcomer(late, 45).lent == ""
    assert newcomer(late, 45).status == "adopted"
