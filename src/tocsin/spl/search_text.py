"""Writes search expressions; AND stays unwritten, as people leave it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import assert_never

from tocsin.spl.ast import (
    And,
    Comparison,
    InList,
    Not,
    Or,
    Pattern,
    Pipeline,
    SearchExpr,
    Subsearch,
    Term,
    TimeModifier,
)
from tocsin.spl.lexer import SEARCH, SEARCH_ITEM, SEARCH_VALUE
from tocsin.spl.quoting import quoted
from tocsin.spl.search_expression import CONNECTIVES, TIME_MODIFIERS

_IN = re.compile(r"(?:^|\s)in$", re.IGNORECASE)
_SPECIAL = re.compile(r'["|\\]')


def search_text(expression: SearchExpr, pipeline: Callable[[Pipeline], str]) -> str:
    """`pipeline` writes what stands in a subsearch's brackets."""
    match expression:
        case And():
            return _joined([_inside(item, And, pipeline) for item in expression.items])
        case Or():
            return " OR ".join(_inside(item, Or, pipeline) for item in expression.items)
        case Not():
            return f"NOT {_inside(expression.item, Not, pipeline)}"
        case Subsearch():
            return f"[ {pipeline(expression.pipeline)} ]"
        case _:
            return _leaf(expression)


def _leaf(expression: Comparison | InList | Term | TimeModifier) -> str:
    match expression:
        case Comparison():
            field = _field(expression.field, may_be_time=expression.op != "=")
            return _compared(field + expression.op, _pattern(expression.pattern, SEARCH_VALUE))
        case InList():
            items = ", ".join(_pattern(each, SEARCH_ITEM) for each in expression.patterns)
            return f"{_field(expression.field, may_be_time=True)} IN ({items})"
        case TimeModifier():
            return _compared(expression.name + "=", _word(expression.value, SEARCH_VALUE))
        case Term():
            if expression.quoted or expression.text in CONNECTIVES:
                return quoted(expression.text)
            return _word(expression.text, SEARCH)
        case _:
            assert_never(expression)


def _inside(item: SearchExpr, outer: type[SearchExpr], pipeline: Callable[[Pipeline], str]) -> str:
    """An item of AND, OR or NOT: in parentheses where it binds no tighter than they do."""
    text = search_text(item, pipeline)
    grouped = isinstance(item, And) or (isinstance(item, Or) and outer is not And)
    return f"({text})" if grouped else text


def _joined(items: list[str]) -> str:
    """AND is written only after the word `in`, which with a parenthesis behind it would begin a list."""
    return "".join(item + (" AND " if _IN.search(item) else " ") for item in items[:-1]) + items[-1]


def _compared(left: str, value: str) -> str:
    return f"{left} {value}" if value.startswith("=") else left + value


def _field(name: str, *, may_be_time: bool) -> str:
    bare = name not in CONNECTIVES and not name.endswith("!") and (may_be_time or name not in TIME_MODIFIERS)
    return _word(name, SEARCH) if bare else quoted(name)


def _pattern(pattern: Pattern, vocabulary: re.Pattern[str]) -> str:
    return quoted(pattern.text) if pattern.quoted else _word(pattern.text, vocabulary)


def _word(text: str, vocabulary: re.Pattern[str]) -> str:
    """Without quotes if it can be read so."""
    escaped = _SPECIAL.sub(r"\\\g<0>", text)
    match = vocabulary.fullmatch(escaped)
    bare = match is not None and match.lastgroup == "word" and "`" not in text
    return escaped if bare else quoted(text)
