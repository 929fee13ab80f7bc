"""Comparisons of `eval`: numeric where Splunk compares numbers, any value of a multivalue field."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from tocsin.engine.sql import tree
from tocsin.engine.sql.expressions import Call, Expressions, Value
from tocsin.engine.sql.forms import as_number, as_text, spelt
from tocsin.engine.sql.functions.address import in_block
from tocsin.engine.sql.functions.pattern import matches
from tocsin.plan.expr import Type

Compare = Callable[[Value, Value, Expressions], exp.Expression]


def equal(left: Value, right: Value, into: Expressions) -> exp.Expression:
    """One value with one value: numeric if one side is a number, else exact text."""
    if Type.number not in (left.type, right.type):
        return tree.equal(as_text(left, into), as_text(right, into))
    if left.type is right.type:
        return tree.equal(left.copy(), right.copy())
    number, other = (left, right) if left.type is Type.number else (right, left)
    if other.constant is not None and spelt(other.constant) is None:
        return tree.case((tree.not_null(number.copy()), tree.boolean(False)))
    other = into.once(other)
    same = tree.equal(number.copy(), as_number(other, into))
    if other.constant is not None:
        return same
    number = into.once(number)
    known = tree.all_of(tree.not_null(number.copy()), tree.not_null(other.copy()))
    return tree.case((known, tree.coalesce(same, tree.boolean(False))))


def differ(left: Value, right: Value, into: Expressions) -> exp.Expression:
    return tree.negate(equal(left, right, into))


def ordering(kind: tree.Operator) -> Compare:
    """One value with one value: numeric if both look numeric, else by the bytes of the texts."""

    def compare(left: Value, right: Value, into: Expressions) -> exp.Expression:
        left, right = into.once(left), into.once(right)
        if left.type is right.type is Type.number:
            return tree.binary(kind, left.copy(), right.copy())
        texts = tree.binary(kind, as_text(left, into), as_text(right, into))
        if _never_numeric(left) or _never_numeric(right):
            return texts
        numbers = [as_number(left, into), as_number(right, into)]
        numeric = [tree.not_null(n.copy()) for n, v in zip(numbers, (left, right), strict=True) if not _numeric(v)]
        return tree.case((tree.all_of(*numeric), tree.binary(kind, *numbers)), default=texts)

    return compare


def any_value(left: Value, right: Value, compare: Compare, into: Expressions) -> exp.Expression:
    """Whether some pair of values compares so; NULL if either side is NULL."""
    if left.type is None or right.type is None:
        return tree.null(Type.boolean)
    if Type.multi not in (left.type, right.type):
        return compare(left, right, into)
    left, right = into.once(left), into.once(right)
    known = tree.all_of(tree.not_null(left.copy()), tree.not_null(right.copy()))
    return tree.case((known, _some(left, right, compare, into)))


def _some(left: Value, right: Value, compare: Compare, into: Expressions) -> exp.Expression:
    if left.type is not Type.multi:
        if right.type is not Type.multi:
            return compare(left, right, into)
        return _some(right, left, lambda one, other, into: compare(other, one, into), into)
    parameter = into.parameter()
    into.depth += 1
    condition = _some(Value(tree.column(parameter), Type.text), right, compare, into)
    into.depth -= 1
    return has_any(left.copy(), parameter, condition)


def has_any(items: exp.Expression, parameter: str, condition: exp.Expression) -> exp.Expression:
    return exp.GT(this=tree.call("len", tree.keep(items, parameter, condition)), expression=tree.whole(0))


def _numeric(value: Value) -> bool:
    return value.type is Type.number or (value.constant is not None and spelt(value.constant) is not None)


def _never_numeric(value: Value) -> bool:
    return value.type is Type.boolean or (value.constant is not None and spelt(value.constant) is None)


def _comparison(compare: Compare) -> Callable[[Call], exp.Expression]:
    return lambda call: any_value(call.value(0), call.value(1), compare, call.into)


def _in(call: Call) -> exp.Expression:
    subject = call.once(0)
    tests = [any_value(subject, call.value(at), equal, call.into) for at in range(1, call.count)]
    return tree.any_of(*tests)


def _like(call: Call) -> exp.Expression:
    def like(left: Value, right: Value, into: Expressions) -> exp.Expression:
        return tree.binary(exp.Like, as_text(left, into), as_text(right, into))

    return any_value(call.value(0), call.value(1), like, call.into)


def _match(call: Call) -> exp.Expression:
    def match(left: Value, right: Value, into: Expressions) -> exp.Expression:
        return matches(as_text(left, into), right, into)

    return any_value(call.value(0), call.value(1), match, call.into)


def _cidrmatch(call: Call) -> exp.Expression:
    block = call.constant_text(0)

    def inside(left: Value, right: Value, into: Expressions) -> exp.Expression:
        address = into.once(Value(as_text(right, into), Type.text))
        return in_block(address.copy(), block, call.apply.span)

    return any_value(call.value(0), call.once(1), inside, call.into)


BODIES = {
    "equal": _comparison(equal),
    "not_equal": _comparison(differ),
    "less": _comparison(ordering(exp.LT)),
    "less_equal": _comparison(ordering(exp.LTE)),
    "greater": _comparison(ordering(exp.GT)),
    "greater_equal": _comparison(ordering(exp.GTE)),
    "in": _in,
    "like": _like,
    "match": _match,
    "cidrmatch": _cidrmatch,
}
