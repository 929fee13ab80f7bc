"""The window from left to right: all pushes above, then a lane for each person with the records behind findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from tocsin.sinks import times
from tocsin.sinks.account_text import amount
from tocsin.sinks.html import limits
from tocsin.sinks.html.records import Record
from tocsin.sinks.html.scale import DAY, HOUR, Scale, Tick, scale, ticks, weekends
from tocsin.sinks.visible import visible

_SPANS = 160  # marks closer than this part of the window are one
_BARS = 96
_NAME = 36  # characters
_STEPS = (HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 7 * DAY)


class Dot(Struct, frozen=True):
    """`x` in percent of the width, `radius` in pixels."""

    x: float
    radius: float
    title: str


class Lane(Struct, frozen=True):
    name: str
    note: str
    dots: tuple[Dot, ...]


class Bar(Struct, frozen=True):
    """`x` and `width` in percent of the width, `height` in percent of the tallest."""

    x: float
    width: float
    height: float
    title: str


class Timeline(Struct, frozen=True):
    """`begin` and `end` are in words, `step` is the span of a bar in words."""

    lanes: tuple[Lane, ...]
    bars: tuple[Bar, ...]
    step: str
    weekends: tuple[tuple[float, float], ...]
    ticks: tuple[Tick, ...]
    begin: str
    end: str


def timeline(
    records: Iterable[Record], pushes: Counter[int], zone: str, earliest: float | None, latest: float | None
) -> Timeline | None:
    """`pushes` count by the beginning of an hour. None if no record has a time and there are no pushes."""
    people: dict[str, list[float]] = {}
    for each in records:
        if each.time is not None and times.local(each.time, zone):
            for name in each.people or ("",):
                people.setdefault(name, []).append(each.time)
    found = [time for several in people.values() for time in several]
    ends = [end for begin in pushes for end in (begin, begin + HOUR - 1)]
    line = scale([*found, *ends], zone, earliest, latest) if found or pushes else None
    if line is None:
        return None
    step = next((each for each in _STEPS if line.length / each <= _BARS), int(line.length / _BARS) + 1)
    return Timeline(
        _lanes(people, line), _bars(pushes, line, step), _words(step), tuple(weekends(line)), ticks(line),
        line.moment(line.low), line.moment(line.high),
    )  # fmt: skip


def _lanes(people: dict[str, list[float]], line: Scale) -> tuple[Lane, ...]:
    """The most records first; who has no lane of their own shares the last."""
    order = sorted(people, key=lambda name: (-len(people[name]), name))
    shown = order if len(order) <= limits.LANES else order[: limits.LANES - 1]
    lanes = [_lane(_short(name) or "nobody named", people[name], line) for name in shown]
    if rest := order[len(shown) :]:
        lanes.append(_lane(f"{len(rest):,} others", [time for name in rest for time in people[name]], line))
    return tuple(lanes)


def _short(name: str) -> str:
    return visible(name) if len(name) <= _NAME else f"{visible(name[: _NAME - 1])}…"


def _lane(name: str, found: list[float], line: Scale) -> Lane:
    groups: dict[int, list[float]] = {}
    for time in sorted(found):
        groups.setdefault(int((time - line.low) / line.length * _SPANS), []).append(time)
    first, last = line.moment(min(found))[:-3], line.moment(max(found))[:-3]
    when = first if first == last else f"{first} to {last}"
    dots = tuple(_dot(group, line) for group in groups.values())
    return Lane(name, f"{amount(len(found), 'record')}, {when}", dots)


def _dot(group: list[float], line: Scale) -> Dot:
    count, first = len(group), line.moment(group[0])
    size = 4.5 if count == 1 else 5.5 if count < 5 else 7
    return Dot(line.x((group[0] + group[-1]) / 2), size, first if count == 1 else f"{count:,} records from {first}")


def _bars(pushes: Counter[int], line: Scale, step: int) -> tuple[Bar, ...]:
    """Pushes in equal spans; the first begins at a full hour or a midnight of the zone."""
    midnight = line.midnight()
    begin = line.low - (line.low - midnight.timestamp()) % step if midnight else line.low
    counts: Counter[int] = Counter()
    for hour, count in pushes.items():
        counts[int((hour - begin) // step)] += count
    most = max(counts.values(), default=0)
    return tuple(_bar(begin + place * step, step, count, most, line) for place, count in sorted(counts.items()))


def _bar(begin: float, step: int, count: int, most: int, line: Scale) -> Bar:
    x, end = line.x(begin), line.x(begin + step)
    title = f"{amount(count, 'push', 'pushes')}, {_words(step)} from {line.moment(begin)[:-3]}"
    return Bar(x, max(round((end - x) * 0.85, 2), 0.1), round(max(100 * count / most, 4), 1), title)


def _words(step: int) -> str:
    for size, noun in ((DAY, "day"), (HOUR, "hour")):
        if step % size == 0:
            return amount(step // size, noun)
    return amount(step, "second")
