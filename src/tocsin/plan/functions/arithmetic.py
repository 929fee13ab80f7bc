"""Operators on numbers and texts. A multivalue operand of more than one value gives NULL."""

from __future__ import annotations

from tocsin.plan.expr import Type
from tocsin.plan.functions.signature import Function, Types, number, text


def _sum(types: Types) -> Type:
    return Type.number if Type.number in types else Type.text


TABLE = (
    Function("add", 2, 2, _sum, "The sum; two texts that are not both numeric are joined; NULL if any is NULL."),
    Function("subtract", 2, 2, number, "The difference; NULL if any is NULL or no number."),
    Function("multiply", 2, 2, number, "The product; NULL if any is NULL or no number."),
    Function("divide", 2, 2, number, "The quotient; NULL if any is NULL or no number, and for division by zero."),
    Function("modulo", 2, 2, number, "The remainder; NULL if any is NULL or no number, and for division by zero."),
    Function("negate", 1, 1, number, "The number with the other sign; NULL for no number."),
    Function("concat", 2, None, text, "The texts joined, numbers as text; NULL if any is NULL."),
)
