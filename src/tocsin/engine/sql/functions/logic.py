"""Logic: SQL's own, which has the same three values."""

from __future__ import annotations

from sqlglot import exp

from tocsin.engine.sql import tree
from tocsin.engine.sql.expressions import Call
from tocsin.engine.sql.forms import as_condition


def condition(call: Call, at: int) -> exp.Expression:
    return as_condition(call.value(at), call.apply.args[at].span or call.apply.span)


def _and(call: Call) -> exp.Expression:
    return tree.all_of(*(condition(call, at) for at in range(call.count)))


def _or(call: Call) -> exp.Expression:
    return tree.any_of(*(condition(call, at) for at in range(call.count)))


def _not(call: Call) -> exp.Expression:
    return tree.negate(condition(call, 0))


def _xor(call: Call) -> exp.Expression:
    return tree.binary(exp.NEQ, condition(call, 0), condition(call, 1))


BODIES = {"and": _and, "or": _or, "not": _not, "xor": _xor}
