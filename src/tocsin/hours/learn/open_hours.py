"""From activity to weekly hours, so that a few days of it open nothing.

Everything counts days, never calls. A half hour is believed if there was activity in it, or within `reach` half
hours of it, on enough different days in enough different weeks; a weekday likewise. So whoever comes fewer than
`slot_days` times, each time for less than 21 hours, opens no half hour that is further than `reach` from all other
activity of the same principal, and no weekday on which it was not seen otherwise. `docs/hours/learning.md` has the
proof, `tests/hours/learn/test_open_hours.py` the properties.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp2

from msgspec import Struct

from tocsin.hours.calendars import DAY, WHOLE_DAY, Shift
from tocsin.hours.learn.limits import Limits
from tocsin.hours.learn.working_day import HALVES

HALF = DAY // HALVES
WeekShifts = tuple[tuple[Shift, ...], ...]


class WeekHours(Struct, frozen=True):
    """Learned hours of a week: `blocks` are half hours of the day, begin and end, where 48 is the next midnight.

    `weekdays` are those on which a block begins, Monday 0. Empty if nothing is believed. `dates` maps each weekday to
    how many different dates it was seen on within the blocks.
    """

    blocks: tuple[tuple[int, int], ...]
    weekdays: tuple[int, ...]
    dates: Mapping[int, int]

    @property
    def hours_a_day(self) -> float:
        return sum(end - begin for begin, end in self.blocks) / 2

    @property
    def quiet(self) -> float:
        """Hours of the longest stretch of the day without any believed half hour."""
        return max(gap for gap, _ in _gaps(self.blocks)) / 2 if self.blocks else 24.0

    def shifts(self) -> WeekShifts:
        """The week as a calendar has it; a block that begins past midnight belongs to the day it begins on."""
        days: list[set[Shift]] = [set() for _ in range(7)]
        for weekday in self.weekdays:
            for begin, end in self.blocks:
                day, first = divmod(begin, HALVES)
                days[(weekday + day) % 7].add(Shift(first * HALF, (first + end - begin) * HALF))
        if self.blocks == ((0, HALVES),):
            return tuple((WHOLE_DAY,) if each else () for each in days)
        return tuple(tuple(sorted(each, key=lambda shift: shift.start)) for each in days)


def week_hours(halves: Sequence[int], limits: Limits) -> WeekHours:
    """The hours of activity in `halves`: half hours of the wall clock, counted from 1970-01-01 00:00, in order."""
    if not halves:
        return WeekHours((), (), {})
    weigh = _Weights(halves[-1] // HALVES, limits)
    filled = _filled(_believed(halves, weigh, limits), limits.fill)
    blocks = _blocks(filled)
    if not blocks:
        return WeekHours((), (), {})
    gap, start = max(_gaps(blocks), key=lambda each: (each[0], -each[1]))
    cut = (start + gap // 2) % HALVES
    dates = _dates(halves, filled, cut)
    placed = sorted(_after(block, cut) for block in blocks)
    late = placed[0][0] // HALVES  # every block begins past midnight: the day is that of the block
    if late:
        placed = [(begin - HALVES, end - HALVES) for begin, end in placed]
        dates = {(weekday + 1) % 7: days for weekday, days in dates.items()}
    weekdays = _weekdays(dates, weigh, limits)
    return WeekHours(tuple(placed), weekdays, {weekday: len(dates[weekday]) for weekday in range(7)})


class _Weights(Struct, frozen=True):
    """Days count by how long ago they are."""

    last: int
    limits: Limits

    def of(self, days: set[int]) -> float:
        half_life = self.limits.half_life_days
        return sum(exp2((day - self.last) / half_life) for day in sorted(days))

    def enough(self, days: set[int]) -> bool:
        weeks = {(day + 3) // 7 for day in days}
        return len(days) >= self.limits.slot_days and len(weeks) >= self.limits.slot_weeks


def _believed(halves: Sequence[int], weigh: _Weights, limits: Limits) -> list[bool]:
    days: list[set[int]] = [set() for _ in range(HALVES)]
    for half in halves:
        for near in range(half - limits.reach, half + limits.reach + 1):
            days[near % HALVES].add(near // HALVES)
    weights = [weigh.of(each) for each in days]
    least = limits.slot_share * max(weights)
    return [weigh.enough(each) and weight >= least for each, weight in zip(days, weights, strict=True)]


def _filled(believed: list[bool], fill: int) -> list[bool]:
    """Holes of at most `fill` half hours, around midnight too, count as believed."""
    if not any(believed):
        return believed
    found = believed[:]
    for start in range(HALVES):
        if believed[start - 1] and not believed[start]:
            hole = next(length for length in range(1, HALVES + 1) if believed[(start + length) % HALVES])
            for step in range(hole if hole <= fill else 0):
                found[(start + step) % HALVES] = True
    return found


def _blocks(filled: list[bool]) -> tuple[tuple[int, int], ...]:
    """Stretches of believed half hours; one over midnight ends past 48."""
    if all(filled):
        return ((0, HALVES),)
    found: list[tuple[int, int]] = []
    for begin in range(HALVES):
        if filled[begin] and not filled[begin - 1]:
            length = next(step for step in range(1, HALVES) if not filled[(begin + step) % HALVES])
            found.append((begin, begin + length))
    return tuple(found)


def _gaps(blocks: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Hours off between blocks: how many half hours, and from which of the day."""
    following = [*blocks[1:], (blocks[0][0] + HALVES, 0)]
    return [(begin - end, end % HALVES) for (_, end), (begin, _) in zip(blocks, following, strict=True)]


def _after(block: tuple[int, int], cut: int) -> tuple[int, int]:
    """The block as half hours after the cut of the day."""
    begin = (block[0] - cut) % HALVES + cut
    return begin, begin + block[1] - block[0]


def _dates(halves: Sequence[int], filled: list[bool], cut: int) -> dict[int, set[int]]:
    """The days, from cut to cut, with activity within the blocks, by weekday."""
    found: dict[int, set[int]] = {weekday: set() for weekday in range(7)}
    for half in halves:
        if filled[half % HALVES]:
            day = (half - cut) // HALVES
            found[(day + 3) % 7].add(day)
    return found


def _weekdays(dates: Mapping[int, set[int]], weigh: _Weights, limits: Limits) -> tuple[int, ...]:
    busiest = max(weigh.of(days) for days in dates.values())
    return tuple(
        weekday
        for weekday, days in sorted(dates.items())
        if weigh.enough(days) and weigh.of(days) >= limits.weekday_share * busiest
    )


def day_runs(weekdays: Sequence[int]) -> list[tuple[int, int]]:
    """Weekdays as runs around the week, first and last of each: Sunday to Thursday is one."""
    if len(weekdays) == 7:
        return [(0, 6)]
    starts = [day for day in weekdays if (day - 1) % 7 not in weekdays]
    return [(day, next(day + step for step in range(7) if (day + step + 1) % 7 not in weekdays)) for day in starts]
