"""A text, where it came from, and places in it.

`Source` is one file or argument. `Span` is a half-open range of one source. `Composed` is a text put
together from pieces of several sources (a search with its macros expanded, a YAML scalar with its line
breaks folded); any range of it leads back to the very place a person wrote.
"""

from __future__ import annotations

from bisect import bisect_right

from msgspec import Struct


class Source(Struct, frozen=True):
    """One text as a person wrote it. `name` is what messages show: a path, or a word in angle brackets."""

    name: str
    text: str

    def __repr__(self) -> str:
        return f"Source({self.name!r})"

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1.

        >>> Source("<search>", "ab\\ncd").line_column(4)
        (2, 2)
        """
        before = self.text[:offset]
        return before.count("\n") + 1, offset - before.rfind("\n")


class Span(Struct, frozen=True):
    """Characters `start` up to but without `end` of a source; `macro` names the macro whose text this is."""

    source: Source
    start: int
    end: int
    macro: str | None = None

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]


class Piece(Struct, frozen=True):
    """`length` characters of a composed text that stand for `span`.

    An exact piece has as many characters as its span and maps one to one; any other (an escape, a folded
    line break, a substituted argument's quotes) maps as a whole.
    """

    length: int
    span: Span

    @property
    def exact(self) -> bool:
        return self.length == self.span.end - self.span.start


class Composed(Struct, frozen=True):
    """A text and the pieces it is made of, in order; their lengths add up to the text's."""

    text: str
    pieces: tuple[Piece, ...]

    @staticmethod
    def whole(source: Source) -> Composed:
        """The source's text as it stands."""
        return Composed.of(Span(source, 0, len(source.text)))

    @staticmethod
    def of(span: Span) -> Composed:
        return Composed(span.text, (Piece(span.end - span.start, span),))

    @staticmethod
    def join(parts: list[Composed]) -> Composed:
        text = "".join(part.text for part in parts)
        return Composed(text, tuple(piece for part in parts for piece in part.pieces))

    def slice(self, start: int, end: int) -> Composed:
        """Characters `start` up to `end`, still leading back to where they were written."""
        kept: list[Piece] = []
        at = 0
        for piece in self.pieces:
            low, high = max(start, at), min(end, at + piece.length)
            if low < high:
                kept.append(_cut(piece, low - at, high - at))
            at += piece.length
        return Composed(self.text[start:end], tuple(kept))

    def span(self, start: int, end: int) -> Span:
        """Where characters `start` up to `end` were written.

        A range over several sources gives the part in the first of them, so that a message always points
        into one file.
        """
        ends = _ends(self.pieces)
        first = min(bisect_right(ends, start), len(self.pieces) - 1)
        head = _cut(self.pieces[first], start - _begin(ends, first), self.pieces[first].length).span
        last = min(bisect_right(ends, max(start, end - 1)), len(self.pieces) - 1)
        tail = _cut(self.pieces[last], 0, end - _begin(ends, last)).span
        if (tail.source, tail.macro) == (head.source, head.macro) and tail.end >= head.start:
            return Span(head.source, head.start, max(tail.end, head.start), head.macro)
        return head


def _ends(pieces: tuple[Piece, ...]) -> list[int]:
    ends: list[int] = []
    total = 0
    for piece in pieces:
        total += piece.length
        ends.append(total)
    return ends


def _begin(ends: list[int], index: int) -> int:
    return ends[index - 1] if index else 0


def _cut(piece: Piece, low: int, high: int) -> Piece:
    if not piece.exact:
        return Piece(high - low, piece.span)
    span = piece.span
    return Piece(high - low, Span(span.source, span.start + low, span.start + high, span.macro))
