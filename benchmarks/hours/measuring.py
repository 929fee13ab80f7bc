"""One seed's figures: false alarms a week and why, recall by kind of intruder, how long until hours are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from benchmarks.hours.by_hand import hours_of_company
from benchmarks.hours.company import Company, company
from benchmarks.hours.intruders import KINDS, intrusions
from benchmarks.hours.pushes import Push
from benchmarks.hours.rates import HISTORY, WEEKS
from benchmarks.hours.systems import (
    Alert,
    Lessons,
    Says,
    by_calendars,
    by_profile,
    in_turn,
    kept_up,
    lessons,
    original,
    original_without_robots,
    read_by_somebody,
)

from tocsin.hours.learn.lesson import ADOPTED

Figures = dict[str, Any]
SWEPT = (4, 6, 8, 12)
FIRST_WEEKS = range(2, 13)


def measure(seed: int, intruders: int) -> Figures:
    """All figures of one seed. `intruders` is how many of each kind."""
    made = company(seed)
    taught = {week: lessons(made, week) for week in sorted({*FIRST_WEEKS, *SWEPT})}
    ordinary = made.between(HISTORY, WEEKS)
    uninvited = {kind: list(intrusions(kind, intruders, made.people, Random(f"{seed} {kind}"))) for kind in KINDS}
    systems = {**_compared(made, taught[HISTORY]), **_by_weeks(taught)}
    return {
        "seed": seed,
        "people": len(made.people),
        "pushes_a_week": _successful(ordinary) / (WEEKS - HISTORY),
        "systems": {name: _judged(says, ordinary, uninvited) for name, says in systems.items()},
        "believed": {str(week): _known(taught[week], made) for week in FIRST_WEEKS},
    }


def _compared(made: Company, first: Lessons) -> dict[str, Says]:
    later = kept_up(first, made, HISTORY)
    reviewed = read_by_somebody(later, made)
    return {
        "original": original,
        "original without robots": original_without_robots,
        "by hand": by_calendars(hours_of_company(made.people)),
        "learned": by_calendars(first.hours),
        "learned, kept up": in_turn([(week, by_calendars(each.hours)) for week, each in later]),
        "learned, read": in_turn([(week, by_calendars(each.hours)) for week, each in reviewed]),
        "profile": by_profile(first.profiles),
        "profile, kept up": in_turn([(week, by_profile(each.profiles)) for week, each in later]),
    }


def _by_weeks(taught: Mapping[int, Lessons]) -> dict[str, Says]:
    found: dict[str, Says] = {}
    for week in SWEPT:
        found[f"learned from {week} weeks"] = by_calendars(taught[week].hours)
        found[f"profile of {week} weeks"] = by_profile(taught[week].profiles)
    return found


def _judged(says: Says, ordinary: Sequence[Push], uninvited: Mapping[str, Sequence[Push]]) -> Figures:
    raised: dict[Alert, str] = {}
    for push in ordinary:
        alert = says(push)
        if alert is not None:
            raised.setdefault(alert, push.cause)
    weeks = WEEKS - HISTORY
    return {
        "false_alarms_a_week": len(raised) / weeks,
        "causes_a_week": {cause: count / weeks for cause, count in sorted(Counter(raised.values()).items())},
        "recall": {kind: sum(says(each) is not None for each in some) / len(some) for kind, some in uninvited.items()},
    }


def _successful(pushes: Sequence[Push]) -> int:
    """Pushes with a tag that are nobody's copy: each image once."""
    return sum(bool(each.tag) and not each.failed and not each.service for each in pushes)


def _known(found: Lessons, made: Company) -> Figures:
    """The share of people whose hours are believed, and of those who have a profile that says something."""
    names = {each.name for each in made.people if each.joined == made.people[0].joined}
    people = [each for each in found.learned.lessons if each.shown.removesuffix("@example.com") in names]
    limits = found.learned.limits
    told = [each.amount.days >= limits.min_days and each.amount.weeks >= limits.min_weeks for each in people]
    return {
        "calendar": sum(each.status == ADOPTED for each in people) / len(names),
        "profile": sum(told) / len(names),
    }
