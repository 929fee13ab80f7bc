"""Macros: named pieces of search text, put in as text before anything is parsed.

A call is `` `name` `` or `` `name(a, "b,c")` ``. Comments between triple backticks go first. A backtick in a text
in double quotes is that text's own: `replace(process, "`", "")` calls no macro. (Splunk puts macros in even
there; the parser warns about what looks like a call in quotes.)
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field

from tocsin.diagnostics import CompileError, Diagnostic
from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.source import Composed, Piece, Span
from tocsin.spl.locate import Locator
from tocsin.spl.macro_calls import Place, argument_text, find_places
from tocsin.spl.structure import MAX_PROBLEMS

MAX_LENGTH = 1 << 20
MAX_DEPTH = 50
MAX_CALLS = 10_000


class Macro(Struct, frozen=True):
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


class MacroCall(Struct, frozen=True):
    """One call as written; `args` without the quotes around them."""

    name: str
    args: tuple[str, ...]
    span: Span

    @property
    def key(self) -> str:
        """The key of the macro that it calls."""
        return f"{self.name}({len(self.args)})" if self.args else self.name


class _Expansion(Struct):
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
    found = [place for place in find_places(text.text, locate, []) if place.name]
    return tuple(
        MacroCall(
            place.name,
            tuple(argument_text(text, locate, *each).text for each in place.arguments),
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
    for place in find_places(text.text, locate, expansion.problems):
        parts.append(locate.slice(text.text, at, place.start))
        parts.append(_replacement(expansion, text, locate, place, outer, chain))
        at = place.end
    parts.append(locate.slice(text.text, at, len(text.text)))
    return Composed.join(parts)


def _replacement(
    expansion: _Expansion, text: Composed, locate: Locator, place: Place, outer: str | None, chain: tuple[str, ...]
) -> Composed:
    span = locate(place.start, place.end)
    if not place.name:
        return Composed(" ", (Piece(1, span),))
    expansion.calls += 1
    macro = _find(expansion, place, span, chain)
    if macro is None:
        if len(expansion.problems) >= MAX_PROBLEMS:
            raise CompileError(expansion.problems)
        return Composed("", ())
    arguments = [argument_text(text, locate, *each) for each in place.arguments]
    name = outer or macro.name
    body = _substitute(_stamped(macro.definition, name), macro.arguments, arguments)
    expansion.length += len(body.text)
    if expansion.length > MAX_LENGTH or expansion.calls > MAX_CALLS:
        what = f"{MAX_LENGTH:,} characters" if expansion.length > MAX_LENGTH else f"{MAX_CALLS:,} calls"
        raise CompileError([*expansion.problems, catalogue.macro_too_large(span, what)])
    return _expand(expansion, body, name, (*chain, macro.key))


def _find(expansion: _Expansion, place: Place, span: Span, chain: tuple[str, ...]) -> Macro | None:
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
