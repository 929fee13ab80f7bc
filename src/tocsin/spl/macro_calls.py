"""Reads macro calls and comments: where they stand in a text, and what the arguments of a call are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from tocsin.diagnostics import Diagnostic
from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.source import Composed
from tocsin.spl.locate import Locator
from tocsin.spl.structure import MAX_PROBLEMS

_QUOTED = r'"(?:[^"\\]++|\\.)*+"'
_PLACE = re.compile(
    rf"{_QUOTED}|\\[\"\\`]|(?P<comment>```(?:(?!```).)*+(?P<end>```)?)"
    rf"|(?P<call>`(?P<body>(?:[^`\"\\]++|{_QUOTED}|\\.)*+)`)|(?P<odd>[`\"])",
    re.DOTALL,
)
_CALL = re.compile(r"\s*([\w.:-]+)\s*(?:\((.*)\)\s*)?", re.DOTALL)
_ARGUMENT = re.compile(rf"{_QUOTED}|[(),]", re.DOTALL)
_ESCAPED_QUOTE = re.compile(r'\\(?=["\\])')


class Place(Struct, frozen=True):
    """A comment (`name` is "") or a call, from `start` to `end`; `arguments` are ranges."""

    start: int
    end: int
    name: str = ""
    arguments: tuple[tuple[int, int], ...] = ()


def argument_text(text: Composed, locate: Locator, start: int, end: int) -> Composed:
    """An argument's text: without the quotes around it, and then without the backslash of a quote inside."""
    written = text.text[start:end]
    if len(written) < 2 or re.fullmatch(_QUOTED, written, re.DOTALL) is None:
        return locate.slice(text.text, start, end)
    parts: list[Composed] = []
    at = start + 1
    for match in _ESCAPED_QUOTE.finditer(text.text, at, end - 1):
        if match.start() >= at:
            parts.append(locate.slice(text.text, at, match.start()))
            at = match.end()
    return Composed.join([*parts, locate.slice(text.text, at, end - 1)])


def find_places(text: str, locate: Locator, problems: list[Diagnostic]) -> Iterator[Place]:
    """The comments and calls of a text, in order; what is not closed or no call goes to `problems`."""
    for match in _PLACE.finditer(text):
        if len(problems) >= MAX_PROBLEMS:
            return
        start, end = match.span()
        if match["odd"] == '"':
            return  # the parser says where the quote was opened
        if match["odd"]:
            problems.append(catalogue.unclosed_macro(locate(start, start + 1)))
            return
        if match["comment"]:
            if match["end"] is None:
                problems.append(catalogue.unclosed_comment(locate(start, start + 3)))
            yield Place(start, end)
        elif match["call"]:
            call = _CALL.fullmatch(match["body"])
            if call is None:
                problems.append(catalogue.malformed_macro_call(locate(start, end), match["body"]))
                continue
            inside = match.start("body") + call.start(2)
            arguments = tuple(_arguments(text, inside, inside + len(call[2]))) if call[2] else ()
            yield Place(start, end, call[1], arguments)


def _arguments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The ranges between commas that stand in neither quotes nor parentheses, without blanks around them."""
    depth = 0
    at = start
    if not text[start:end].strip():
        return
    for match in _ARGUMENT.finditer(text, start, end):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if match[0] == "," and depth <= 0:
            yield _trimmed(text, at, match.start())
            at = match.end()
    yield _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())
