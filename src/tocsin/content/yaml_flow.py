"""Plain and quoted scalars: where each character of their text was written.

Line breaks fold: one becomes a space, n become n - 1 breaks, and the blanks around them vanish.
"""

from __future__ import annotations

from collections.abc import Callable

from tocsin.content.yaml_trail import Trail, next_break

_BLANKS = " \t"
_ESCAPE_DIGITS = {"x": 2, "u": 4, "U": 8}
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


def read_plain(raw: str) -> Trail:
    """A scalar without quotes."""
    return _lines(raw, 0, len(raw), _plain_line)


def read_single(raw: str) -> Trail:
    """A scalar in single quotes, the quotes included."""
    return _lines(raw, 1, len(raw) - 1, _single_line)


def read_double(raw: str) -> Trail:
    """A scalar in double quotes, the quotes included."""
    return _lines(raw, 1, len(raw) - 1, _double_line)


def _lines(raw: str, at: int, end: int, put_line: Callable[[Trail, str, int, int], bool]) -> Trail:
    trail = Trail()
    while True:
        stop, after = next_break(raw, at, end)
        last = stop == end
        text_end = stop if last else _text_end(raw, at, stop, escapes=put_line is _double_line)
        joined = put_line(trail, raw, at, text_end)
        if last:
            return trail
        at = _fold(trail, raw, after, end, None if joined else (text_end, after))


def _text_end(raw: str, at: int, stop: int, *, escapes: bool) -> int:
    """The end of a line's text without trailing blanks; an escaped blank is text."""
    end = at + len(raw[at:stop].rstrip(_BLANKS))
    marks = len(raw[at:end]) - len(raw[at:end].rstrip("\\"))
    return end + 1 if escapes and marks % 2 and end < stop else end


def _fold(trail: Trail, raw: str, at: int, end: int, first: tuple[int, int] | None) -> int:
    """Past blanks and empty lines to the next text. `first` is the range of the break just read, None if escaped."""
    breaks: list[tuple[int, int]] = []
    while True:
        while at < end and raw[at] in _BLANKS:
            at += 1
        stop, after = next_break(raw, at, end)
        if stop != at or stop == end:
            break
        breaks.append((stop, after))
        at = after
    if first and not breaks:
        trail.put(" ", first[0], at)
    for low, high in breaks:
        trail.put("\n", low, high)
    return at


def _plain_line(trail: Trail, raw: str, at: int, end: int) -> bool:
    trail.run(raw, at, end)
    return False


def _single_line(trail: Trail, raw: str, at: int, end: int) -> bool:
    while (quote := raw.find("''", at, end)) >= 0:
        trail.run(raw, at, quote)
        trail.put("'", quote, quote + 2)
        at = quote + 2
    trail.run(raw, at, end)
    return False


def _double_line(trail: Trail, raw: str, at: int, end: int) -> bool:
    """Whether a backslash at the line's end joins it to the next one."""
    while (mark := raw.find("\\", at, end)) >= 0:
        trail.run(raw, at, mark)
        if mark + 1 == end:
            return True
        width = 2 + _ESCAPE_DIGITS.get(raw[mark + 1], 0)
        trail.put(_escaped(raw[mark + 1 : mark + width]), mark, mark + width)
        at = mark + width
    trail.run(raw, at, end)
    return False


def _escaped(escape: str) -> str:
    """What an escape stands for; "" for a wrong one, which no YAML reader lets pass."""
    if escape[0] not in _ESCAPE_DIGITS:
        return _ESCAPES.get(escape, "")
    try:
        return chr(int(escape[1:], 16))
    except (ValueError, OverflowError):
        return ""
