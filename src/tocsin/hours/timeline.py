"""Ranges painted over one another, flattened into one row of segments.

Of all ranges that cover a point, the one with the lowest rank is seen.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from itertools import pairwise
from typing import Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")


class Painted(Struct, Generic[T], frozen=True):
    """`what` covers `start` up to `end`; ranks compare as tuples, and lower ones hide higher ones."""

    start: int
    end: int
    rank: tuple[int, int]
    what: T


def flatten(ranges: Iterable[Painted[T]]) -> list[Painted[T]]:
    """What is seen from first to last: disjoint, in order, with gaps where nothing is painted.

    Takes n log n steps for n ranges, however they overlap.
    """
    order = sorted((each for each in ranges if each.start < each.end), key=lambda each: each.start)
    edges = sorted({edge for each in order for edge in (each.start, each.end)})
    waiting: list[tuple[tuple[int, int], int]] = []
    seen: list[Painted[T]] = []
    begun = 0
    for start, end in pairwise(edges):
        while begun < len(order) and order[begun].start <= start:
            heappush(waiting, (order[begun].rank, begun))
            begun += 1
        while waiting and order[waiting[0][1]].end <= start:
            heappop(waiting)
        if waiting:
            _extend(seen, order[waiting[0][1]], start, end)
    return seen


def _extend(seen: list[Painted[T]], top: Painted[T], start: int, end: int) -> None:
    if seen and seen[-1].end == start and seen[-1].what is top.what and seen[-1].rank == top.rank:
        start = seen.pop().start
    seen.append(Painted(start, end, top.rank, top.what))


class Timeline(Generic[T]):
    """Flattened ranges that can be asked for a window."""

    def __init__(self, ranges: Iterable[Painted[T]]) -> None:
        self._segments = flatten(ranges)
        self._starts = [each.start for each in self._segments]

    def within(self, start: int, end: int) -> Iterator[Painted[T]]:
        """The segments that reach into the window, cut to it."""
        at = max(0, bisect_right(self._starts, start) - 1)
        for each in self._segments[at : bisect_right(self._starts, end - 1)]:
            if each.end > start:
                yield Painted(max(each.start, start), min(each.end, end), each.rank, each.what)
