"""Operators: doubles everywhere; what is not finite is NULL."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from tocsin.engine.sql import tree
from tocsin.engine.sql.expressions import Call, Value
from tocsin.engine.sql.forms import as_number, as_text
from tocsin.plan.expr import Type


def number(call: Call, at: int) -> exp.Expression:
    return as_number(call.value(at), call.into)


def text(call: Call, at: int) -> exp.Expression:
    return as_text(call.value(at), call.into)


def finite(value: exp.Expression) -> exp.Expression:
    return tree.call("spl_finite", value)


def whole_number(value: exp.Expression, most: float = 1e9) -> exp.Expression:
    """A place or a count: without decimals, kept inside what the engine counts with."""
    bounded = tree.call("least", tree.call("greatest", value, tree.double(-most)), tree.double(most))
    return tree.cast(tree.call("trunc", bounded), "BIGINT")


def _operand(call: Call, at: int) -> exp.Expression:
    """A number; one that is computed becomes a column, or each operator in a row would double what is planned."""
    call.once(at)
    return number(call, at)


def _operator(kind: tree.Operator) -> Callable[[Call], exp.Expression]:
    return lambda call: finite(tree.binary(kind, _operand(call, 0), _operand(call, 1)))


def _by(kind: tree.Operator) -> Callable[[Call], exp.Expression]:
    """Division, and what is left of it: by zero there is none."""

    def body(call: Call) -> exp.Expression:
        divisor = tree.call("nullif", _operand(call, 1), tree.double(0))
        return finite(tree.binary(kind, _operand(call, 0), divisor))

    return body


def _add(call: Call) -> exp.Expression:
    left, right = call.once(0), call.once(1)
    total = finite(tree.add(number(call, 0), number(call, 1)))
    if Type.number in (left.type, right.type):
        return total
    counted = call.into.once(Value(total, Type.number))
    joined = tree.join(text(call, 0), text(call, 1))
    return tree.coalesce(as_text(counted, call.into), joined)


def _negate(call: Call) -> exp.Expression:
    return tree.subtract(tree.double(0), number(call, 0))


def _concat(call: Call) -> exp.Expression:
    return tree.join(*(text(call, at) for at in range(call.count)))


BODIES = {
    "add": _add,
    "subtract": _operator(exp.Sub),
    "multiply": _operator(exp.Mul),
    "divide": _by(exp.Div),
    "modulo": _by(exp.Mod),
    "negate": _negate,
    "concat": _concat,
}
