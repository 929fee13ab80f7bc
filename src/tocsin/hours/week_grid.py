"""One week of a calendar as a grid: how much of each hour is open."""

from __future__ import annotations

from datetime import date

from tocsin.hours.almanac import OPEN, Segment
from tocsin.hours.calendars import DAY
from tocsin.hours.judge import judge_of
from tocsin.hours.rules import Hours
from tocsin.hours.zones import day_number

HOUR = 3_600
Grid = tuple[tuple[float, ...], ...]


def week(hours: Hours, calendar: str, day: date) -> Grid:
    """Seven rows from Monday of 24 shares from 0.0 to 1.0, for the week that holds `day`, by its local wall clock.

    Holidays, closures and all other lists count as they fall in that week. An hour that the clock passes twice
    is shared out over both; one that it leaves out is 0.0. Raises KeyError for an unknown calendar.
    """
    almanac = judge_of(hours).almanac(calendar)
    first = (day_number(day) - day.weekday()) * DAY
    opened, total = [0] * 168, [0] * 168
    for segment in almanac.segments(first - DAY, first + 8 * DAY):
        for slot, seconds in _hours(segment, first):
            total[slot] += seconds
            opened[slot] += seconds if segment.look.state == OPEN else 0
    shares = [part / whole if whole else 0.0 for part, whole in zip(opened, total, strict=True)]
    return tuple(tuple(shares[row * 24 : row * 24 + 24]) for row in range(7))


def _hours(segment: Segment, first: int) -> list[tuple[int, int]]:
    """The hours of the week that a segment reaches into, from 0, and its seconds in each."""
    start, end = segment.start + segment.ahead - first, segment.end + segment.ahead - first
    slots = range(max(0, start // HOUR), min(168, -(-end // HOUR)))
    return [(slot, min(end, slot * HOUR + HOUR) - max(start, slot * HOUR)) for slot in slots]
