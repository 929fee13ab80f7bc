"""The locator gives the places that the composed text itself gives."""

from __future__ import annotations

from tests.spl.reading import library, whole
from tocsin.source import Composed, Piece, Source, Span
from tocsin.spl.locate import Locator
from tocsin.spl.macros import expand

SOURCE = Source("f", "one  two\n three")
# An exact piece, a fold of two characters into one, an empty piece, another exact one.
FOLDED = Composed(
    "one two three",
    (
        Piece(3, Span(SOURCE, 0, 3)),
        Piece(1, Span(SOURCE, 3, 5)),
        Piece(3, Span(SOURCE, 5, 8)),
        Piece(0, Span(SOURCE, 8, 8)),
        Piece(1, Span(SOURCE, 8, 10)),
        Piece(5, Span(SOURCE, 10, 15)),
    ),
)
EXPANDED = expand(whole("a `m` b `n` c"), library(m="xy `n`", n="z"))


def test_spans_and_slices_are_those_of_the_text() -> None:
    for text in (FOLDED, EXPANDED, whole("plain")):
        locate = Locator(text)
        for start in range(len(text.text) + 1):
            for end in range(start, len(text.text) + 1):
                assert locate(start, end) == text.span(start, end), (text.text, start, end)
                part = locate.slice(text.text, start, end)
                assert part.text == text.text[start:end]
                if start < end:
                    assert part == text.slice(start, end)


def test_a_text_of_nothing_has_a_place() -> None:
    locate = Locator(Composed("", ()))
    assert locate(0, 0).text == ""
    assert locate.slice("", 0, 0) == Composed("", ())
