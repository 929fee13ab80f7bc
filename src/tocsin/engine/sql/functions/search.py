"""Comparisons of the `search` command: never NULL; a missing field gives false, a list any of its values."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from tocsin.engine.sql import tree
from tocsin.engine.sql.expressions import Call, Expressions, Value
from tocsin.engine.sql.forms import as_text
from tocsin.engine.sql.functions.address import in_block
from tocsin.engine.sql.functions.compare import any_value, has_any, ordering
from tocsin.engine.sql.functions.pattern import BREAKER, MAJOR, regex, wildcard
from tocsin.plan.expr import Column, Constant, Type

Test = Callable[[Value, Expressions], exp.Expression]


def _any(value: Value, test: Test, into: Expressions) -> exp.Expression:
    """Whether the test holds for any value; false for NULL."""
    if value.type is None:
        return tree.boolean(False)
    if value.type is not Type.multi:
        return tree.coalesce(test(value, into), tree.boolean(False))
    parameter = into.parameter()
    into.depth += 1
    condition = test(Value(tree.column(parameter), Type.text), into)
    into.depth -= 1
    return tree.coalesce(has_any(value.copy(), parameter, condition), tree.boolean(False))


def _equals(text: str, call: Call) -> Test:
    def test(value: Value, into: Expressions) -> exp.Expression:
        subject = Value(as_text(value, into), Type.text)
        if text.isascii() and "*" not in text and text.lower() == text.upper():
            return tree.equal(subject.sql, tree.text(text))
        if text.isascii() and "*" not in text:
            subject = into.once(subject)
            # Lower case takes some other letters to ASCII ones; then the text had more bytes.
            lowered = tree.equal(tree.call("lower", subject.copy()), tree.text(text.lower()))
            return tree.all_of(lowered, tree.equal(tree.call("strlen", subject.copy()), tree.whole(len(text))))
        pattern = regex(f"(?s)^{wildcard(text)}$", call.apply.span, into)
        return tree.call("regexp_matches", subject.sql, pattern)

    return test


def _equal(call: Call) -> exp.Expression:
    return _any(call.once(0), _equals(call.constant_text(1), call), call.into)


def _not_equal(call: Call) -> exp.Expression:
    equals = _equals(call.constant_text(1), call)
    return _any(call.once(0), lambda value, into: tree.negate(equals(value, into)), call.into)


def _ordering(kind: tree.Operator) -> Callable[[Call], exp.Expression]:
    def body(call: Call) -> exp.Expression:
        text = call.constant_text(1)
        limit = Value(tree.text(text), Type.text, Constant(text))
        found = any_value(call.value(0), limit, ordering(kind), call.into)
        return tree.coalesce(found, tree.boolean(False))

    return body


def _cidr(call: Call) -> exp.Expression:
    block = call.constant_text(1)
    equals = _equals(block, call)

    def test(value: Value, into: Expressions) -> exp.Expression:
        address = into.once(Value(as_text(value, into), Type.text))
        return tree.any_of(in_block(address.copy(), block, call.apply.span), equals(address, into))

    return _any(call.once(0), test, call.into)


def _exists(call: Call) -> exp.Expression:
    value = call.value(0)
    return tree.boolean(False) if value.type is None else tree.not_null(value.copy())


def _present(call: Call) -> exp.Expression:
    column = call.apply.args[0]
    if not isinstance(column, Column):
        raise call.refuse("anything but a field", 0)
    return call.into.present(column.name) if column.name in call.into.source.scope.fields else tree.boolean(False)


def _term(call: Call) -> exp.Expression:
    """A token: between breakers, or an end of the text; a `*` at its own end lifts that bound."""
    word = call.constant_text(1)
    inner = wildcard(word.strip("*"), star=f"[^{MAJOR}]*")
    before = "" if word.startswith("*") else f"(?:^|{BREAKER})"
    after = "" if word.endswith("*") else f"(?:$|{BREAKER})"
    return _raw(call, f"(?s){before}{inner}{after}")


def _phrase(call: Call) -> exp.Expression:
    return _raw(call, f"(?s){wildcard(call.constant_text(1))}")


def _raw(call: Call, pattern: str) -> exp.Expression:
    checked = regex(pattern, call.apply.span, call.into)
    return _any(
        call.value(0),
        lambda value, into: tree.call("regexp_matches", as_text(value, into), checked.copy()),
        call.into,
    )


BODIES = {
    "search_equal": _equal,
    "search_not_equal": _not_equal,
    "search_less": _ordering(exp.LT),
    "search_less_equal": _ordering(exp.LTE),
    "search_greater": _ordering(exp.GT),
    "search_greater_equal": _ordering(exp.GTE),
    "search_cidr": _cidr,
    "exists": _exists,
    "present": _present,
    "term": _term,
    "phrase": _phrase,
}
