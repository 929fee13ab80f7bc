"""Makes profiles of a history, on the clocks that learning found."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.hours.learn.gathering import History
from tocsin.hours.learn.learn import Learned
from tocsin.hours.learn.lesson import ADOPTED, Lesson
from tocsin.hours.learn.record import Record
from tocsin.hours.learn.sighting import QUARTER
from tocsin.hours.profile.local import LocalClock
from tocsin.hours.profile.profile import SLOTS, Profile, Profiles

_DAY_HOURS = 24


def profiles_of(history: History, learned: Learned) -> Profiles:
    """The profile of every principal with activity, also of those whose hours were not adopted."""
    found = {}
    for lesson in learned.lessons:
        record = history.records[lesson.principal]
        if record.days:
            found[lesson.principal] = _profile(record, lesson)
    limits = learned.limits
    return Profiles(
        history.since,
        history.until,
        found,
        limits.min_days,
        limits.min_weeks,
        limits.slot_days,
        limits.slot_weeks,
    )


def _profile(record: Record, lesson: Lesson) -> Profile:
    calls = [0] * SLOTS
    slots: list[set[int]] = [set() for _ in range(SLOTS)]
    near: list[set[int]] = [set() for _ in range(_DAY_HOURS)]
    for hour, count in _hours(record, lesson.zone):
        date, of_day = divmod(hour, _DAY_HOURS)
        slot = (date + 3) % 7 * _DAY_HOURS + of_day
        calls[slot] += count
        slots[slot].add(date)
        for each in (hour - 1, hour, hour + 1):
            near[each % _DAY_HOURS].add(each // _DAY_HOURS)
    dates = sorted(set().union(*slots))
    weekdays = [0] * 7
    for date in dates:
        weekdays[(date + 3) % 7] += 1
    return Profile(
        lesson.principal,
        lesson.shown,
        lesson.zone,
        tuple(len(each) for each in slots),
        tuple(calls),
        tuple(weekdays),
        tuple(len(each) for each in near),
        tuple(len(_weeks(each)) for each in near),
        lesson.amount.first,
        lesson.amount.last,
        len(dates),
        len(_weeks(set(dates))),
        lesson.status == ADOPTED,
        lesson.robot,
    )


def _hours(record: Record, zone: str) -> Iterator[tuple[int, int]]:
    """Hours of the wall clock, counted from 1970-01-01 00:00, and the calls of each quarter of an hour."""
    clock = LocalClock(zone)
    for quarter, count in record.quarters():
        yield clock.hour(quarter * QUARTER), count


def _weeks(dates: set[int]) -> set[int]:
    return {(date + 3) // 7 for date in dates}
