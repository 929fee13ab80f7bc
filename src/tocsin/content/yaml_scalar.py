"""Leads each character of a YAML scalar's text back to the file: quotes, escapes, folding, indentation.

The text itself always comes from the YAML reader. What is found out here is only where its characters were
written, and it is compared with that text; if the two do not agree, the scalar maps as a whole.
"""

from __future__ import annotations

from tocsin.content.yaml_block import read_block
from tocsin.content.yaml_flow import read_double, read_plain, read_single
from tocsin.content.yaml_trail import Trail, cut
from tocsin.source import Composed, Piece, Span


def compose_scalar(text: str, span: Span, style: str) -> Composed:
    """The scalar `text`, written at `span` in this style, with the places of its characters."""
    trail = _read(text, span.text, style)
    if trail.text[: len(text)] != text:
        return Composed(text, (Piece(len(text), span),))
    return Composed(text, tuple(_piece(part, span) for part in cut(trail.parts, len(text))))


def _piece(part: tuple[int, int, int], span: Span) -> Piece:
    length, start, end = part
    return Piece(length, Span(span.source, span.start + start, span.start + end, span.macro))


def _read(text: str, raw: str, style: str) -> Trail:
    match style:
        case "":
            return read_plain(raw)
        case "'":
            return read_single(raw)
        case '"':
            return read_double(raw)
        case _:
            return read_block(text, raw, folded=style == ">")
