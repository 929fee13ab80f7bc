"""Weekly hours over a window of wall seconds: when open, and what to call the rest."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.hours.calendars import DAY, Shift
from tocsin.hours.timeline import Painted

NIGHT_UNTIL, NIGHT_FROM = 6 * 3_600, 22 * 3_600
"""On a working day, closed time before 06:00 and from 22:00 is called night."""

_OPEN, _CLOSED = (0, 0), (0, 1)
_THURSDAY = 3  # 1970-01-01


def weekly(week: tuple[tuple[Shift, ...], ...], start: int, end: int) -> Iterator[Painted[str]]:
    """Ranges named `open` (rank 0) over ranges named by why they are closed (rank 1), around the window.

    Closed time is `weekend` on a day on which no shift begins; else `night`; else `before opening` if a shift
    begins later that day, and `after closing` if none does. Without any shift in the week it is `closure: no
    hours`.
    """
    for day in range(start // DAY - 1, (end - 1) // DAY + 1):
        midnight, shifts = day * DAY, week[weekday(day)]
        for shift in shifts:
            yield Painted(midnight + shift.start, midnight + shift.end, _OPEN, "open")
        for low, high, name in _closed(shifts, any(week)):
            yield Painted(midnight + low, midnight + high, _CLOSED, name)


def weekday(day: int) -> int:
    """The weekday, Monday 0, of a day counted from 1970-01-01."""
    return (day + _THURSDAY) % 7


def _closed(shifts: tuple[Shift, ...], works: bool) -> Iterator[tuple[int, int, str]]:
    if not shifts:
        yield 0, DAY, "weekend" if works else "closure: no hours"
        return
    last = min(max(shifts[-1].start, NIGHT_UNTIL), NIGHT_FROM)
    yield 0, NIGHT_UNTIL, "night"
    yield NIGHT_UNTIL, last, "before opening"
    yield last, NIGHT_FROM, "after closing"
    yield NIGHT_FROM, DAY, "night"
