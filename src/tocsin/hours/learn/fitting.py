"""Whether hours agree with a calendar that there is: as instants of a week, whatever the zones are called."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from tocsin.hours.calendars import ALWAYS, DAY, NONE, built_in
from tocsin.hours.learn.lesson import Lesson
from tocsin.hours.learn.limits import Limits
from tocsin.hours.learn.open_hours import HALF, WeekShifts
from tocsin.hours.learn.working_day import WEEK
from tocsin.hours.rules import Hours
from tocsin.hours.zones import offset_of, zone_named


def fitting(lesson: Lesson, hours: Hours, at: int, limits: Limits) -> str:
    """The first calendar of the same clock whose hours differ by no more than people's of one calendar; "" for none."""
    own = open_week(lesson.zone, lesson.hours.shifts(), at)
    for name, calendar in hours.calendars.items():
        theirs = open_week(calendar.zone, calendar.week, at)
        same = _ahead(calendar.zone, at) == _ahead(lesson.zone, at)
        if same and own and not beyond(own, theirs, limits.merge) and not beyond(theirs, own, limits.merge):
            return name
    return ""


def calendar_week(hours: Hours, name: str, at: int) -> frozenset[int]:
    """The half hours of the week, in UTC from Monday 00:00, that a calendar's weekly hours open around an instant."""
    calendar = hours.calendars.get(name) or built_in(name if name in (ALWAYS, NONE) else NONE, hours.zone)
    return open_week(calendar.zone, calendar.week, at)


def lesson_week(lesson: Lesson, at: int) -> frozenset[int]:
    """The same of a lesson's hours."""
    if lesson.always:
        return frozenset(range(WEEK))
    return open_week(lesson.zone, lesson.hours.shifts(), at)


@lru_cache(maxsize=4096)
def open_week(zone: str, week: WeekShifts, at: int) -> frozenset[int]:
    """Half hours that are partly open count as open."""
    ahead = _ahead(zone, at)
    found: set[int] = set()
    for weekday, shifts in enumerate(week):
        for shift in shifts:
            begin, end = weekday * DAY + shift.start - ahead, weekday * DAY + shift.end - ahead
            found.update(half % WEEK for half in range(begin // HALF, -(-end // HALF)))
    return frozenset(found)


def beyond(wide: Iterable[int], narrow: frozenset[int], slack: int) -> set[int]:
    """The half hours of `wide` that lie further than `slack` half hours from all of `narrow`."""
    return {half for half in wide if not any((half + step) % WEEK in narrow for step in range(-slack, slack + 1))}


def _ahead(zone: str, at: int) -> int:
    known = zone_named(zone)
    assert known is not None, f"an unknown zone {zone} came past the reader"
    return offset_of(known, at)
