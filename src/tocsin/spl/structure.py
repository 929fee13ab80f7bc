"""Where commands begin and end: the pipes and brackets of a search, found before anything else is read.

So an error in one command does not hide what is wrong with the next.
"""

from __future__ import annotations

import re

from msgspec import Struct, field

from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.diagnostics.diagnostic import Diagnostic
from tocsin.spl.locate import Locator

MAX_PROBLEMS = 100

# Commands in which single quotes hold a field name, which may contain any sign.
_QUOTES_FIELDS = frozenset(("eval", "where", "fieldformat", "stats", "eventstats", "streamstats", "head"))

_NAME = re.compile(r"\s*+([A-Za-z_]\w*+)")
_SIGN = re.compile(r'(?P<string>"(?:[^"\\]++|\\.)*+")|(?P<escaped>\\["|\\])|(?P<sign>["|`\[\]])', re.DOTALL)
_CALL_IN_QUOTES = re.compile(r"`[A-Za-z]\w*(?:\([^`]*\))?`")
_SIGN_OR_FIELD = re.compile(r"(?P<field>'[^'\n]*+')|" + _SIGN.pattern, re.DOTALL)


class Block(Struct):
    """A pipeline's text from `start` to `end`; `pipes` are the offsets of its own `|`."""

    start: int
    end: int
    pipes: list[int] = field(default_factory=list)


class Structure(Struct):
    """`inner` maps the offset of each `[` to the block inside it."""

    outer: Block
    inner: dict[int, Block] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    warnings: list[Diagnostic] = field(default_factory=list)


def read_structure(text: str, locate: Locator, *, expression: bool = False) -> Structure:
    """The blocks of a text. A quote or bracket that is never closed ends at the text's end and is a problem.

    `expression` says that the text is an eval expression alone.
    """
    structure = Structure(Block(0, len(text)))
    open_blocks = [structure.outer]
    patterns = [_SIGN_OR_FIELD if expression else _pattern_at(text, 0)]
    at = 0
    while (match := patterns[-1].search(text, at)) is not None:
        start, at = match.span()
        if match["string"] and "`" in match["string"] and not text.endswith("search=", 0, start):
            _warn_about_call(match["string"], start, structure, locate)
        match match["sign"]:
            case "`":
                structure.problems.append(catalogue.unexpanded_macro(locate(start, at)))
                return structure
            case '"':
                structure.problems.append(catalogue.unclosed_quote(locate(start, at)))
                return structure
            case "|":
                open_blocks[-1].pipes.append(start)
                patterns[-1] = _pattern_at(text, at)
            case "[":
                structure.inner[start] = Block(at, len(text))
                open_blocks.append(structure.inner[start])
                patterns.append(_pattern_at(text, at))
            case "]" if len(open_blocks) > 1:
                open_blocks.pop().end = start
                patterns.pop()
            case "]" if len(structure.problems) < MAX_PROBLEMS:
                structure.problems.append(catalogue.unopened_bracket(locate(start, at)))
    unclosed = open_blocks[1 : MAX_PROBLEMS + 1]
    structure.problems += [catalogue.unclosed_bracket(locate(each.start - 1, each.start)) for each in unclosed]
    return structure


def _warn_about_call(text: str, start: int, structure: Structure, locate: Locator) -> None:
    call = _CALL_IN_QUOTES.search(text)
    if call is not None:
        structure.warnings.append(catalogue.macro_in_quotes(locate(start + call.start(), start + call.end())))


def _pattern_at(text: str, start: int) -> re.Pattern[str]:
    name = _NAME.match(text, start)
    return _SIGN_OR_FIELD if name and name[1].lower() in _QUOTES_FIELDS else _SIGN
