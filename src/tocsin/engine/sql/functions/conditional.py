"""Choosing among values, and asking what a value is."""

from __future__ import annotations

from sqlglot import exp

from tocsin.engine.sql import tree
from tocsin.engine.sql.expressions import Call, Value
from tocsin.engine.sql.forms import as_number, as_text, as_type
from tocsin.engine.sql.functions.compare import any_value, equal
from tocsin.engine.sql.functions.logic import condition
from tocsin.plan.expr import Type
from tocsin.plan.functions.signature import unify


def _unified(call: Call, places: range) -> list[exp.Expression]:
    """The arguments in the one type that fits all."""
    type = unify(tuple(call.value(at).type for at in places))
    return [as_type(call.value(at), type, call.into) for at in places]


def _if(call: Call) -> exp.Expression:
    then, otherwise = _unified(call, range(1, 3))
    return tree.case((condition(call, 0), then), default=otherwise)


def _case(call: Call) -> exp.Expression:
    values = _unified(call, range(1, call.count, 2))
    conditions = [condition(call, at) for at in range(0, call.count - 1, 2)]
    return tree.case(*zip(conditions, values, strict=True))


def _validate(call: Call) -> exp.Expression:
    values = _unified(call, range(1, call.count, 2))
    failed = [tree.negate(condition(call, at)) for at in range(0, call.count - 1, 2)]
    return tree.case(*zip(failed, values, strict=True))


def _coalesce(call: Call) -> exp.Expression:
    return tree.coalesce(*_unified(call, range(call.count)))


def _nullif(call: Call) -> exp.Expression:
    first = call.once(0)
    same = any_value(first, call.value(1), equal, call.into)
    return tree.case((same, tree.null()), default=first.copy())


def _isnull(call: Call) -> exp.Expression:
    value = call.value(0)
    return tree.boolean(True) if value.type is None else tree.is_null(value.copy())


def _isnotnull(call: Call) -> exp.Expression:
    value = call.value(0)
    return tree.boolean(False) if value.type is None else tree.not_null(value.copy())


def _isnum(call: Call) -> exp.Expression:
    return tree.not_null(as_number(call.value(0), call.into))


def _isint(call: Call) -> exp.Expression:
    number = call.into.once(Value(as_number(call.value(0), call.into), Type.number))
    whole = tree.equal(number.copy(), tree.call("trunc", number.copy()))
    return tree.coalesce(whole, tree.boolean(False))


def _isstr(call: Call) -> exp.Expression:
    value = call.once(0)
    if value.type not in (Type.text, Type.multi):
        return tree.boolean(False)
    return tree.all_of(tree.not_null(as_text(value, call.into)), tree.is_null(as_number(value, call.into)))


def _isbool(call: Call) -> exp.Expression:
    value = call.value(0)
    return tree.not_null(value.copy()) if value.type is Type.boolean else tree.boolean(False)


def _typeof(call: Call) -> exp.Expression:
    value = call.once(0)
    if value.type is None:
        return tree.text("Invalid")
    missing = (tree.is_null(value.copy()), tree.text("Invalid"))
    if value.type is Type.boolean:
        return tree.case(missing, default=tree.text("Boolean"))
    several = (tree.is_null(as_text(value, call.into)), tree.text("Multivalue"))
    if value.constant is not None and value.type is Type.text:
        return tree.text("String")
    numeric = (tree.not_null(as_number(value, call.into)), tree.text("Number"))
    return tree.case(missing, several, numeric, default=tree.text("String"))


BODIES = {
    "if": _if,
    "case": _case,
    "validate": _validate,
    "coalesce": _coalesce,
    "nullif": _nullif,
    "isnull": _isnull,
    "isnotnull": _isnotnull,
    "isnum": _isnum,
    "isint": _isint,
    "isstr": _isstr,
    "isbool": _isbool,
    "typeof": _typeof,
}
