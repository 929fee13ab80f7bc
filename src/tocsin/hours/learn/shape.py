"""One person's activity as what zones are compared by: half hours of the week, and when days begin and end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev

from tocsin.hours.learn.record import Record
from tocsin.hours.learn.spans import Spans
from tocsin.hours.learn.working_day import HALVES, WEEK

THURSDAY = 3 * HALVES  # 1970-01-01
_TRIM = 0.15


@dataclass(frozen=True, slots=True)
class Edge:
    """When the days of one span begin and end, in hours of UTC after the quietest time: means and standard errors."""

    days: int
    begin: float
    begin_error: float
    end: float
    end_error: float


@dataclass(frozen=True, slots=True)
class Shape:
    """Weight by half hour of the week of UTC, one mapping a span; each day of weight 1 when it is recent.

    `edges` has None for a span of fewer than four days. `days` and `weeks` count those with activity.
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
    return Shape(tuple(weights), tuple(_edge(each) for each in edges), len(days), len(weeks))


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


def _edge(days: list[tuple[int, int]]) -> Edge | None:
    if len(days) < 4:
        return None
    begin, begin_error = _mean(sorted(first / 2 for first, _ in days))
    end, end_error = _mean(sorted(last / 2 for _, last in days))
    return Edge(len(days), begin, begin_error, end, end_error)


def _mean(values: list[float]) -> tuple[float, float]:
    """The mean of the middle values, and how far off it may be."""
    cut = int(len(values) * _TRIM)
    kept = values[cut : len(values) - cut] if cut else values
    spread = max(pstdev(values), 0.25)
    return fmean(kept), spread / len(kept) ** 0.5
