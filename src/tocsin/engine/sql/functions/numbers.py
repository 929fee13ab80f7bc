"""Functions on numbers; what is not finite is NULL."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from tocsin.engine.sql import tree
from tocsin.engine.sql.expressions import Call, Value
from tocsin.engine.sql.functions.arithmetic import finite, number
from tocsin.engine.sql.functions.multivalue import listed
from tocsin.plan.expr import Type


def _plain(function: str) -> Callable[[Call], exp.Expression]:
    return lambda call: finite(tree.call("TRY", tree.call(function, number(call, 0))))


def _round(call: Call) -> exp.Expression:
    if call.count == 1:
        return tree.call("round", number(call, 0))
    given, places = number(call, 0), tree.call("trunc", number(call, 1))
    return finite(tree.call("spl_round", *(call.into.once(Value(each, Type.number)).sql for each in (given, places))))


def _pow(call: Call) -> exp.Expression:
    return finite(tree.call("TRY", tree.call("pow", number(call, 0), number(call, 1))))


def _log(call: Call) -> exp.Expression:
    if call.count == 1:
        return finite(tree.call("TRY", tree.call("log10", number(call, 0))))
    logarithm, base = (finite(tree.call("TRY", tree.call("ln", number(call, at)))) for at in range(2))
    return finite(tree.binary(exp.Div, logarithm, tree.call("nullif", base, tree.double(0))))


def _extreme(numeric: str, mixed: str) -> Callable[[Call], exp.Expression]:
    """Of numbers alone the engine's own; else numbers below texts."""

    def body(call: Call) -> exp.Expression:
        types = {call.value(at).type for at in range(call.count)}
        if types == {Type.number}:
            return tree.call(numeric, *(number(call, at) for at in range(call.count)))
        parts = [tree.coalesce(listed(call, at), tree.cast(tree.array(), "VARCHAR[]")) for at in range(call.count)]
        together = parts[0] if len(parts) == 1 else tree.call("list_concat", *parts)
        return tree.call(mixed, together)

    return body


BODIES = {
    "abs": _plain("abs"),
    "ceiling": _plain("ceil"),
    "floor": _plain("floor"),
    "round": _round,
    "sqrt": _plain("sqrt"),
    "pow": _pow,
    "exp": _plain("exp"),
    "ln": _plain("ln"),
    "log": _log,
    "min": _extreme("least", "spl_least"),
    "max": _extreme("greatest", "spl_greatest"),
}
