"""Macros: named pieces of search text, put in as text before anything is parsed.

A call is `` `name` `` or `` `name(a, "b,c")` ``. Comments between triple backticks go first. A backtick in a text
in double quotes is that text's own: `replace(process, "`", "")` calls no macro. (Splunk puts macros in even
there; the parser warns about what looks like a call in quotes.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tocsin.diagnostics import CompileError, Diagnostic
from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.source import Composed, Piece, Span
from tocsin.spl.locate import Locator

MAX_LENGTH = 1 << 20
MAX_DEPTH = 50
MAX_CALLS = 10_000

_QUOTED = r'"(?:[^"\\]++|\\.)*+"'
_PLACE = re.compile(
    rf"{_QUOTED}|\\[\"\\`]|(?P<comment>```(?:(?!```).)*+(?P<end>```)?)"
    rf"|(?P<call>`(?P<body>(?:[^`\"\\]++|{_QUOTED}|\\.|\")*?)`)|(?P<odd>[`\"])",
    re.DOTALL,
)
_CALL = re.compile(r"\s*([\w.:-]+)\s*(?:\((.*)\)\s*)?", re.DOTALL)
_ARGUMENT = re.compile(rf"{_QUOTED}|[(),]", re.DOTALL)
_ESCAPED_QUOTE = re.compile(r'\\(?=["\\])')


@dataclass(frozen=True, slots=True)
class Macro:
    """`name` without the argument count; `definition` leads back to the file that holds it.

    `implicit` marks a filter macro that nobody defined and that stands for `search *`.
    `overrides` is the path of the definition that this one replaces, "" if none.
    """

    name: str
    arguments: tuple[str, ...]
    definition: Composed
    description: str = ""
    path: str = ""
    implicit: bool = False
    overrides: str = ""

    @property
    def key(self) -> str:
        """How Splunk tells macros apart: `name`, or `name(2)` for one with two arguments."""
        return f"{self.name}({len(self.arguments)})" if self.arguments else self.name


@dataclass(frozen=True, slots=True)
class MacroCall:
    """One call as written; `args` without the quotes around them."""

    name: str
    args: tuple[str, ...]
    span: Span

    @property
    def key(self) -> str:
        """The key of the macro that it calls."""
        return f"{self.name}({len(self.args)})" if self.args else self.name


@dataclass(frozen=True, slots=True)
class _Place:
    """A comment (`name` is "") or a call, from `start` to `end`; `arguments` are ranges."""

    start: int
    end: int
    name: str = ""
    arguments: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class _Expansion:
    """What one expansion has met so far."""

    macros: Mapping[str, Macro]
    problems: list[Diagnostic] = field(default_factory=list)
    calls: int = 0
    length: int = 0


def expand(text: Composed, macros: Mapping[str, Macro]) -> Composed:
    """The text with its comments gone and every macro put in, also those that macros call.

    `macros` is by `Macro.key`. Spans of what a macro wrote lie in its definition and bear the name of the
    outermost macro; an argument's lie where the caller wrote it. Raises CompileError with every call that names
    no macro, gives the wrong number of arguments, never ends, or grows out of bounds.
    """
    expansion = _Expansion(macros)
    expanded = _expand(expansion, text, None, ())
    if expansion.problems:
        raise CompileError(expansion.problems)
    return expanded


def calls(text: Composed) -> tuple[MacroCall, ...]:
    """The macro calls in a text, in order; those that cannot be read are left out."""
    locate = Locator(text)
    found = [place for place in _places(text.text, locate, []) if place.name]
    return tuple(
        MacroCall(
            place.name,
            tuple(_argument(text, locate, *each).text for each in place.arguments),
            locate(place.start, place.end),
        )
        for place in found
    )


def _expand(expansion: _Expansion, text: Composed, outer: str | None, chain: tuple[str, ...]) -> Composed:
    if "`" not in text.text:
        return text
    locate = Locator(text)
    parts: list[Composed] = []
    at = 0
    for place in _places(text.text, locate, expansion.problems):
        parts.append(locate.slice(text.text, at, place.start))
        parts.append(_replacement(expansion, text, locate, place, outer, chain))
        at = place.end
    parts.append(locate.slice(text.text, at, len(text.text)))
    return Composed.join(parts)


def _replacement(
    expansion: _Expansion, text: Composed, locate: Locator, place: _Place, outer: str | None, chain: tuple[str, ...]
) -> Composed:
    span = locate(place.start, place.end)
    if not place.name:
        return Composed(" ", (Piece(1, span),))
    macro = _find(expansion, place, span, chain)
    if macro is None:
        return Composed("", ())
    arguments = [_argument(text, locate, *each) for each in place.arguments]
    name = outer or macro.name
    body = _substitute(_stamped(macro.definition, name), macro.arguments, arguments)
    expansion.calls += 1
    expansion.length += len(body.text)
    if expansion.length > MAX_LENGTH or expansion.calls > MAX_CALLS:
        what = f"{MAX_LENGTH:,} characters" if expansion.length > MAX_LENGTH else f"{MAX_CALLS:,} calls"
        raise CompileError([*expansion.problems, catalogue.macro_too_large(span, what)])
    return _expand(expansion, body, name, (*chain, macro.key))


def _find(expansion: _Expansion, place: _Place, span: Span, chain: tuple[str, ...]) -> Macro | None:
    """The macro that is called; None, and a problem, if it cannot be put in."""
    count = len(place.arguments)
    key = f"{place.name}({count})" if count else place.name
    macro = expansion.macros.get(key)
    if macro is None:
        defined = [len(each.arguments) for each in expansion.macros.values() if each.name == place.name]
        if defined:
            expansion.problems.append(catalogue.macro_arguments(span, place.name, count, defined))
        else:
            names = {each.name for each in expansion.macros.values()}
            expansion.problems.append(catalogue.unknown_macro(span, place.name, names))
    elif key in chain:
        expansion.problems.append(catalogue.macro_cycle(span, (*chain[chain.index(key) :], key)))
        return None
    elif len(chain) >= MAX_DEPTH:
        raise CompileError([*expansion.problems, catalogue.macro_too_large(span, f"{MAX_DEPTH} calls in each other")])
    return macro


def _stamped(definition: Composed, macro: str) -> Composed:
    pieces = (
        Piece(each.length, Span(each.span.source, each.span.start, each.span.end, macro)) for each in definition.pieces
    )
    return Composed(definition.text, tuple(pieces))


def _substitute(body: Composed, names: tuple[str, ...], arguments: list[Composed]) -> Composed:
    if not names:
        return body
    locate = Locator(body)
    parts: list[Composed] = []
    at = 0
    for match in re.finditer(r"\$(" + "|".join(map(re.escape, names)) + r")\$", body.text):
        parts += [locate.slice(body.text, at, match.start()), arguments[names.index(match[1])]]
        at = match.end()
    parts.append(locate.slice(body.text, at, len(body.text)))
    return Composed.join(parts)


def _argument(text: Composed, locate: Locator, start: int, end: int) -> Composed:
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


def _places(text: str, locate: Locator, problems: list[Diagnostic]) -> Iterator[_Place]:
    """The comments and calls of a text, in order; what is not closed or no call goes to `problems`."""
    for match in _PLACE.finditer(text):
        start, end = match.span()
        if match["odd"] == '"':
            return  # the parser says where the quote was opened
        if match["odd"]:
            problems.append(catalogue.unclosed_macro(locate(start, start + 1)))
            return
        if match["comment"]:
            if match["end"] is None:
                problems.append(catalogue.unclosed_comment(locate(start, start + 3)))
            yield _Place(start, end)
        elif match["call"]:
            call = _CALL.fullmatch(match["body"])
            if call is None:
                problems.append(catalogue.malformed_macro_call(locate(start, end), match["body"]))
                continue
            inside = match.start("body") + call.start(2)
            arguments = tuple(_arguments(text, inside, inside + len(call[2]))) if call[2] else ()
            yield _Place(start, end, call[1], arguments)


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
