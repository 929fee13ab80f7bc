"""Findings along the window, a lane for each detection: bars of equal spans of time."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tocsin.sinks.account_text import amount
from tocsin.sinks.html.model import Mark
from tocsin.sinks.times import moment

HEIGHT = 100  # of a lane, in units of its drawing
_MOST = 84  # bars
_HOUR = 3600
_DAY = 24 * _HOUR
_STEPS = (60, 300, 900, _HOUR, 2 * _HOUR, 3 * _HOUR, 6 * _HOUR, 12 * _HOUR, _DAY, 7 * _DAY, 28 * _DAY)


@dataclass(frozen=True, slots=True)
class Bar:
    """`x` counts spans from the left; `y` and `height` are in units of the drawing."""

    x: int
    y: int
    height: int
    title: str


@dataclass(frozen=True, slots=True)
class Lane:
    name: str
    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """`ticks` are the start, the middle and the end; `step` is the span of a bar in words; `most` is the tallest."""

    lanes: tuple[Lane, ...]
    width: int
    ticks: tuple[str, ...]
    step: str
    most: int


def timeline(
    marks: Mapping[str, Sequence[Mark]], zone: str, earliest: float | None, latest: float | None
) -> Timeline | None:
    """Lanes by name. An open end of the window is the first or last finding. None if there is no time to show."""
    times = [each.at for several in marks.values() for each in several if each.at is not None]
    if not times:
        return None
    low, high = earliest if earliest is not None else min(times), latest if latest is not None else max(times)
    low, high = min(low, *times), max(high, *times)
    step = next((each for each in _STEPS if high - low < each * (_MOST - 1)), int((high - low) // (_MOST - 1)) + 1)
    begin = low - _after_midnight(low, zone) % step
    width = max(math.ceil((high - begin) / step), int((max(times) - begin) // step) + 1)
    counts = {name: Counter(_spans(several, begin, step)) for name, several in marks.items()}
    most = max(max(each.values(), default=0) for each in counts.values())
    lanes = tuple(_lane(name, each, most, begin, step, zone) for name, each in counts.items())
    ticks = tuple(moment(begin + share * width * step / 2, zone)[:-3] for share in range(3))
    return Timeline(lanes, width, ticks, _words(step), most)


def _after_midnight(epoch: float, zone: str) -> float:
    """Seconds since the zone's midnight, so that bars begin at full hours and days."""
    try:
        hours, minutes, seconds = (int(each) for each in moment(epoch, zone)[-8:].split(":"))
    except ValueError:
        return 0
    return hours * _HOUR + minutes * 60 + seconds + epoch % 1


def _spans(marks: Sequence[Mark], begin: float, step: int) -> list[int]:
    return [int((each.at - begin) // step) for each in marks if each.at is not None]


def _lane(name: str, counts: Counter[int], most: int, begin: float, step: int, zone: str) -> Lane:
    bars = tuple(_bar(x, count, most, moment(begin + x * step, zone)[:-3]) for x, count in sorted(counts.items()))
    total = amount(counts.total(), "finding")
    if not counts:
        return Lane(name, f"{name}: {total}", bars)
    peak = max(sorted(counts), key=lambda x: counts[x])
    at = moment(begin + peak * step, zone)[:-3]
    return Lane(name, f"{name}: {total}; the most in {_words(step)} are {counts[peak]:,}, from {at}", bars)


def _bar(x: int, count: int, most: int, at: str) -> Bar:
    height = max(6, round(HEIGHT * count / most))
    return Bar(x, HEIGHT - height, height, f"from {at}: {amount(count, 'finding')}")


def _words(step: int) -> str:
    for size, noun in ((_DAY, "day"), (_HOUR, "hour"), (60, "minute")):
        if step % size == 0:
            return amount(step // size, noun)
    return amount(step, "second")
