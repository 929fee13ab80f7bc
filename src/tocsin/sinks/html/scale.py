"""Where moments stand on a line from left to right, and what is written below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from tocsin.sinks import times

HOUR = 3600
DAY = 24 * HOUR
_TICKS = 8
_HOURS = (1, 2, 3, 6, 12)
_DAYS = (1, 2, 3, 7, 14, 28, 91, 182, 365)
_WEEKENDS = 120  # days; in longer windows they would be a grey wash


class Tick(Struct, frozen=True):
    """`x` in percent of the width."""

    x: float
    text: str


class Scale(Struct, frozen=True):
    """From `low` to `high`, epoch seconds; `low` < `high`. Texts are in `zone`."""

    low: float
    high: float
    zone: str

    @property
    def length(self) -> float:
        return self.high - self.low

    def x(self, time: float) -> float:
        """In percent of the width; what lies outside stands at the edge."""
        return round(100 * (min(max(time, self.low), self.high) - self.low) / self.length, 2)

    def moment(self, time: float) -> str:
        return times.moment(time, self.zone)

    def midnight(self) -> datetime | None:
        """The last midnight up to the beginning, on the zone's wall; None if no calendar holds it."""
        at = times.local(self.low, self.zone)
        return at.replace(hour=0, minute=0, second=0, fold=0) if at else None


def scale(marks: Iterable[float], zone: str, earliest: float | None, latest: float | None) -> Scale | None:
    """The window, widened to marks that lie outside; its open ends are the first and the last mark.

    A single moment gets an hour around it. None if there are neither marks nor a window.
    """
    inside = [*marks, *(each for each in (earliest, latest) if each is not None)]
    if not inside:
        return None
    low, high = min(inside), max(inside)
    return Scale(low, high, zone) if high - low > 1 else Scale(low - HOUR / 2, high + HOUR / 2, zone)


def ticks(line: Scale) -> tuple[Tick, ...]:
    """At most eight: midnights, or full hours in a short window."""
    if line.length <= 2 * DAY:
        step = next((each for each in _HOURS if line.length <= each * HOUR * (_TICKS - 1)), _HOURS[-1])
        found = [Tick(line.x(at.timestamp()), f"{at:%H:%M}") for at in _walls(line, timedelta(hours=step))]
    else:
        days = line.length / DAY
        step = next((each for each in _DAYS if days <= each * (_TICKS - 1)), int(days / (_TICKS - 1)) + 1)
        form = "{at.day} {at:%b}" if days <= 300 else "{at:%b %Y}"
        found = [Tick(line.x(at.timestamp()), form.format(at=at)) for at in _walls(line, timedelta(days=step))]
    return tuple(found) or (Tick(0, line.moment(line.low)[:-3]),)


def weekends(line: Scale) -> Iterator[tuple[float, float]]:
    """Where Saturdays and Sundays of the zone begin and how wide they are, in percent; none in long windows."""
    if line.length > _WEEKENDS * DAY:
        return
    for at in _walls(line, timedelta(days=1), before=True):
        if at.weekday() >= 5:
            begin = at.timestamp()
            yield line.x(begin), round(line.x(begin + DAY) - line.x(begin), 2)


def _walls(line: Scale, step: timedelta, *, before: bool = False) -> Iterator[datetime]:
    """Times on the zone's wall from midnight in equal steps, those inside the line and, if asked, the one before."""
    at = line.midnight()
    try:
        while at and at.timestamp() <= line.high:
            if before or at.timestamp() >= line.low:
                yield at
            at += step
    except (OverflowError, ValueError):  # the calendar ends
        return
