"""One person's activity as what zones are compared by: half hours of the week, and when days begin and end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from statistics import fmean, pvariance

from msgspec import Struct

from tocsin.hours.learn.record import Record
from tocsin.hours.learn.spans import Spans
from tocsin.hours.learn.working_day import HALVES, WEEK

THURSDAY = 3 * HALVES  # 1970-01-01
FEWEST = 3  # days of a span that say anything
_TRIM = 0.15


class Edge(Struct, frozen=True):
    """When the days of one span begin and end, in hours of UTC after the quietest time: means and standard errors."""

    days: int
    begin: float
    begin_error: float
    end: float
    end_error: float


class Shape(Struct, frozen=True):
    """Weight by half hour of the week of UTC, one mapping a span; each day of weight 1 when it is recent.

    `edges` has None for a span of fewer than three days. `days` and `weeks` count those with activity.
    """

    weights: tuple[Mapping[int, float], ...]
    edges: tuple[Edge | None, ...]
    days: int
    weeks: int


def halves_of(record: Record) -> list[int]:
    """The half hours with activity, counted from 1970-01-01 UTC, in order."""
    return list(dict.fromkeys(quarter // 2 for quarter, _ in record.quarters()))


def shape_of(halves: Sequence[int], spans: Spans, half_life_days: float) -> Shape:
    """The shape of a person's active half hours; `halves` in order."""
    cut = quietest(halves)
    days: dict[int, list[int]] = {}
    for half in halves:
        days.setdefault((half - cut) // HALVES, []).append(half)
    weights: list[dict[int, float]] = [{} for _ in spans.starts]
    edges: list[list[tuple[int, int]]] = [[] for _ in spans.starts]
    for day, active in days.items():
        age = (spans.until // 1_800 - active[-1]) / HALVES
        weight = 0.5 ** (age / half_life_days) / len(active)
        span = spans.at(active[0] * 1_800)
        edges[span].append((active[0] - day * HALVES, active[-1] + 1 - day * HALVES))
        for half in active:
            slot = (half + THURSDAY) % WEEK
            weights[span][slot] = weights[span].get(slot, 0.0) + weight
    weeks = {(day + 3) // 7 for day in days}
    return Shape(tuple(weights), _edges(edges), len(days), len(weeks))


def quietest(halves: Sequence[int]) -> int:
    """The half hour of the day in the middle of the eight hours with the least activity; the first of equals."""
    counts = [0] * HALVES
    for half in halves:
        counts[half % HALVES] += 1
    around = [sum(counts[(middle + step) % HALVES] for step in range(-8, 8)) for middle in range(HALVES)]
    best = min(around)
    run = [middle for middle in range(HALVES) if around[middle] == best]
    return _middle_of_run(run)


def _middle_of_run(run: list[int]) -> int:
    """The middle of the first stretch of half hours that follow one another around the clock."""
    members = set(run)
    if len(members) == HALVES:
        return 0
    start = next(each for each in run if (each - 1) % HALVES not in members)
    length = 0
    while (start + length) % HALVES in members:
        length += 1
    return (start + length // 2) % HALVES


def _edges(spans: list[list[tuple[int, int]]]) -> tuple[Edge | None, ...]:
    """Begins and ends of days, by span. How far days differ is taken from all spans together."""
    begins = [sorted(first / 2 for first, _ in days) for days in spans]
    ends = [sorted(last / 2 for _, last in days) for days in spans]
    begin_spread, end_spread = _spread(begins), _spread(ends)
    return tuple(
        Edge(len(begin), *_mean(begin, begin_spread), *_mean(end, end_spread)) if len(begin) >= FEWEST else None
        for begin, end in zip(begins, ends, strict=True)
    )


def _spread(spans: list[list[float]]) -> float:
    """The standard deviation within spans in hours; at least 0.4, as times are cut to half hours."""
    known = [values for values in spans if len(values) >= FEWEST]
    count = sum(len(values) for values in known)
    squares = sum(pvariance(values) * len(values) for values in known)
    return max(sqrt(squares / max(count - len(known), 1)), 0.4)


def _mean(values: list[float], spread: float) -> tuple[float, float]:
    """The mean of the middle values, and its standard error."""
    cut = int(len(values) * _TRIM)
    kept = values[cut : len(values) - cut] if cut else values
    return fmean(kept), spread / len(kept) ** 0.5
