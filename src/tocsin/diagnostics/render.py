"""Diagnostics as text for people: message, place, the line with the token underlined, help and notes.

    error[unknown-macro]: no macro named `cloudtrial`
      --> detections/cloud/key.yml:18:10
       |
    18 | search: `cloudtrial` eventName = CreateAccessKey
       |         ^^^^^^^^^^^^ not defined
       = help: did you mean `cloudtrail`?

Plain text: no colours, and nothing that a terminal could take for an order, whatever stands in the source.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from tocsin.diagnostics.diagnostic import Diagnostic
from tocsin.source import Span

WINDOW = 100
BEFORE = 40
TAB = "    "
CUT = "…"


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """Each in its turn, a blank line between; "" for none."""
    return "\n".join("".join(f"{line}\n" for line in _lines(each)) for each in diagnostics)


def _lines(problem: Diagnostic) -> Iterator[str]:
    yield f"{problem.severity.name}[{problem.name}]: {visible(problem.message)}"
    margin = " "
    if problem.span is not None:
        number, column = problem.span.source.line_column(problem.span.start)
        margin = " " * (len(str(number)) + 1)
        yield f"{margin[1:]} --> {visible(problem.span.source.name)}:{number}:{column}"
        yield f"{margin}|"
        line, underline = _excerpt(problem.span)
        yield f"{number} | {line}".rstrip()
        yield f"{margin}| {underline} {visible(problem.label)}".rstrip()
    elif problem.where:
        yield f" --> {visible(problem.where)}"
    for kind, text in _remarks(problem):
        yield f"{margin}= {kind}: {visible(text)}"


def _remarks(problem: Diagnostic) -> Iterator[tuple[str, str]]:
    if problem.help:
        yield "help", problem.help
    for note in problem.notes:
        yield "note", note
    if problem.span is not None and problem.span.macro is not None:
        yield "note", f"this is in the definition of the macro `{problem.span.macro}`"


def _excerpt(span: Span) -> tuple[str, str]:
    """The span's first line, cut to a window if it is long, and the carets under the span's part of it."""
    text = span.source.text
    begin = text.rfind("\n", 0, span.start) + 1
    stop = text.find("\n", span.start)
    line = text[begin : stop if stop >= 0 else len(text)].rstrip("\r")
    start = min(span.start - begin, len(line))
    end = max(start, min(span.end - begin, len(line)))
    low, high = _window(len(line), start)
    left, right = CUT if low else "", CUT if high < len(line) else ""
    before, marked = visible(line[low:start]), visible(line[start : min(end, high)])
    shown = left + before + marked + visible(line[min(end, high) : high]) + right
    return shown, " " * (len(left) + _width(before)) + "^" * max(1, _width(marked))


def _window(length: int, start: int) -> tuple[int, int]:
    if length <= WINDOW:
        return 0, length
    low = max(0, min(start - BEFORE, length - WINDOW))
    return low, low + WINDOW


def visible(text: str) -> str:
    """The text with every control, format or surrogate character written out, tabs as blanks.

    >>> visible("a\\x1b[31mb")
    'a\\\\x1b[31mb'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible, text))


def _visible(sign: str) -> str:
    if sign == "\t":
        return TAB
    if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"):
        return f"\\x{ord(sign):02x}" if ord(sign) < 256 else f"\\u{{{ord(sign):x}}}"
    return sign


def _width(text: str) -> int:
    """The columns that a terminal gives to the text: none to a combining mark, two to a wide character."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text
    )
