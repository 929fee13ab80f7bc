"""Writes eval expressions, with no more parentheses than they need to be read again as they were."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from tocsin.spl.ast import Binary, Call, Expr, FieldRef, Number, Text, Unary
from tocsin.spl.eval_expression import COMPARISON, LEVELS, NOT, PREFIXES, balanced
from tocsin.spl.quoting import quoted

_BARE = re.compile(r"[^\W\d]\w*")
_ANY = 0


def expression_text(expression: Expr, least: int = _ANY) -> str:
    """`least` is the loosest level that needs no parentheses here."""
    match expression:
        case Text():
            return quoted(expression.value)
        case Number():
            return expression.text
        case FieldRef():
            return field_text(expression.name)
        case Call():
            return f"{expression.function}({', '.join(map(expression_text, expression.args))})"
        case Unary():
            level = PREFIXES[expression.op]
            sign = "NOT " if level == NOT else "-"
            return _in_parentheses(sign + expression_text(expression.operand, level), level < least)
        case Binary():
            return _in_parentheses(_binary(expression), LEVELS[expression.op] < least)
        case _:
            assert_never(expression)


def field_text(name: str) -> str:
    bare = _BARE.fullmatch(name) and name.lower() not in LEVELS and name.lower() not in PREFIXES
    return name if bare else f"'{name}'"


def chain(expression: Binary) -> list[Expr]:
    """The items that the parser would make this very tree of, if it is a chain of AND or OR; else both sides."""
    if expression.op in ("and", "or"):
        items = list(_leaves(expression, expression.op))
        if balanced(expression.op, items) == expression:
            return items
    return [expression.left, expression.right]


def _binary(expression: Binary) -> str:
    level = LEVELS[expression.op]
    operator = expression.op.upper()
    if expression.op in ("and", "or"):
        return f" {operator} ".join(expression_text(item, level + 1) for item in chain(expression))
    left = level + 1 if level == COMPARISON else level
    return f"{expression_text(expression.left, left)} {operator} {expression_text(expression.right, level + 1)}"


def _leaves(expression: Expr, op: str) -> Iterator[Expr]:
    if isinstance(expression, Binary) and expression.op == op:
        yield from _leaves(expression.left, op)
        yield from _leaves(expression.right, op)
    else:
        yield expression


def _in_parentheses(text: str, needed: bool) -> str:
    return f"({text})" if needed else text
