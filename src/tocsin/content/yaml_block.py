"""Literal (`|`) and folded (`>`) scalars: where each character of their text was written."""

from __future__ import annotations

from tocsin.content.yaml_trail import Trail, next_break

Break = tuple[int, int]


def read_block(text: str, raw: str, *, folded: bool) -> Trail:
    """The whole scalar, header included in `raw`.

    Everything at its end is kept: what the chomping takes off is for the caller to cut. The indentation is
    the difference between the first line as written and as read.
    """
    _, body = next_break(raw, 0, len(raw))
    indent = max(0, _leading(raw, body) - _leading(text, 0))
    trail = Trail()
    at, waiting = _skip_blank(raw, body, indent)
    _put_breaks(trail, waiting)
    last, was_indented = (at, at), False
    while at < len(raw):
        indented = raw[at] in " \t"
        if last[0] < last[1]:
            _put_between(trail, last, waiting, fold=folded and not was_indented and not indented)
        last = next_break(raw, at, len(raw))
        trail.run(raw, at, last[0])
        was_indented = indented
        at, waiting = _skip_blank(raw, last[1], indent)
    _put_breaks(trail, [last] if last[0] < last[1] else [])
    _put_breaks(trail, waiting)
    return trail


def _leading(text: str, at: int) -> int:
    """The spaces before the first character that is neither a space nor a line break."""
    while at < len(text):
        stop, after = next_break(text, at, len(text))
        line = text[at:stop]
        if line.strip(" "):
            return len(line) - len(line.lstrip(" "))
        at = max(after, at + 1)
    return 0


def _put_between(trail: Trail, last: Break, waiting: list[Break], *, fold: bool) -> None:
    """The breaks between two lines with text: a folded one alone is a space, before empty lines it vanishes."""
    if not fold:
        trail.put("\n", *last)
    elif not waiting:
        trail.put(" ", *last)
    _put_breaks(trail, waiting)


def _put_breaks(trail: Trail, breaks: list[Break]) -> None:
    for low, high in breaks:
        trail.put("\n", low, high)


def _skip_blank(raw: str, at: int, indent: int) -> tuple[int, list[Break]]:
    """Past indentation and empty lines: where text begins, and the breaks on the way."""
    breaks: list[Break] = []
    while True:
        stop, after = next_break(raw, at, min(len(raw), at + indent + 2))
        line = raw[at : at + indent]
        at += len(line) - len(line.lstrip(" "))
        if at >= len(raw) or stop != at or stop == after:
            return at, breaks
        breaks.append((stop, after))
        at = after
