"""The type of an expression, from the types of the columns that it reads."""

from __future__ import annotations

from collections.abc import Mapping

from tocsin.plan.expr import Apply, Column, Constant, Expr, Type
from tocsin.plan.functions import result_type


def infer(expr: Expr, columns: Mapping[str, Type]) -> Type | None:
    """None for NULL written out and for a column that is not among `columns`: either fits every type."""
    match expr:
        case Constant(None):
            return None
        case Constant(bool()):
            return Type.boolean
        case Constant(float() | int()):
            return Type.number
        case Constant():
            return Type.text
        case Column(name):
            return columns.get(name)
        case Apply(function, args):
            return result_type(function, tuple(infer(arg, columns) for arg in args))


def is_condition(expr: Expr) -> bool:
    """Whether an expression is true, false or NULL by its form, whatever the columns hold."""
    return expr == Constant(None) or infer(expr, {}) is Type.boolean
