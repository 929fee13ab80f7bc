"""From offsets of a composed text to the places that people wrote, for many offsets of one text."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from tocsin.source import Composed, Source, Span


class Locator:
    """`Composed.span` with its sums made once, since a syntax tree asks for every node."""

    def __init__(self, text: Composed) -> None:
        self._pieces = text.pieces
        self._ends = list(accumulate(piece.length for piece in text.pieces))

    def __call__(self, start: int, end: int) -> Span:
        if not self._pieces:
            return Span(Source("<search>", ""), 0, 0)
        first = self._index(start)
        last = max(first, self._index(max(start, end - 1)))
        begin = self._ends[first] - self._pieces[first].length
        if first == last and self._pieces[first].exact:
            span = self._pieces[first].span
            return Span(span.source, span.start + start - begin, span.start + end - begin, span.macro)
        if first == last:
            return Composed("", (self._pieces[first],)).span(start - begin, end - begin)
        tail = end - (self._ends[last] - self._pieces[last].length)
        two = Composed("", (self._pieces[first], self._pieces[last]))
        return two.span(start - begin, self._pieces[first].length + tail)

    def slice(self, whole: str, start: int, end: int) -> Composed:
        """`Composed.slice` of the text `whole` that this was made for."""
        if start >= end:
            return Composed("", ())
        first, last = self._index(start), self._index(end - 1)
        begin = self._ends[first] - self._pieces[first].length
        part = Composed(whole[begin : self._ends[last]], self._pieces[first : last + 1])
        return part.slice(start - begin, end - begin)

    def _index(self, offset: int) -> int:
        return min(bisect_right(self._ends, offset), len(self._ends) - 1)
