"""Functions on multivalue fields: lists of text; a single value is a list of one."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from tocsin.engine.sql import tree
from tocsin.engine.sql.expressions import Call, Value
from tocsin.engine.sql.forms import as_list, as_text
from tocsin.engine.sql.functions.arithmetic import number, text, whole_number
from tocsin.engine.sql.functions.logic import condition
from tocsin.engine.sql.functions.pattern import matches
from tocsin.plan.expr import Column, Type, columns

_FAR = 1e9  # no list is as long


def listed(call: Call, at: int) -> exp.Expression:
    return as_list(call.value(at), call.into)


def listed_once(call: Call, at: int) -> Value:
    return call.into.once(Value(listed(call, at), Type.multi))


def _split(call: Call) -> exp.Expression:
    delimiter = text(call, 1)
    value = call.value(0)
    if value.type is not Type.multi:
        return tree.call("string_split", text(call, 0), delimiter)
    parameter = call.into.parameter()
    parts = tree.each(value.copy(), parameter, tree.call("string_split", tree.column(parameter), delimiter))
    return tree.call("flatten", parts)


def _mvindex(call: Call) -> exp.Expression:
    items, start = listed(call, 0), _place(call, 1)
    if call.count == 2:
        return tree.call("list_extract", items, start)
    return tree.filled(tree.call("list_slice", items, start, _place(call, 2)))


def _place(call: Call, at: int) -> exp.Expression:
    """The engine counts from 1 and, from the end, from -1."""
    constant = call.value(at).constant
    if constant is not None and isinstance(constant.value, float) and abs(constant.value) < _FAR:
        place = int(constant.value)
        return tree.whole(place if place < 0 else place + 1)
    given = call.into.once(Value(whole_number(number(call, at)), Type.number))
    negative = exp.LT(this=given.copy(), expression=tree.whole(0))
    return tree.case((negative, given.copy()), default=tree.add(given.copy(), tree.whole(1)))


def _mvcount(call: Call) -> exp.Expression:
    return tree.cast(tree.call("len", listed(call, 0)), "DOUBLE")


def _mvappend(call: Call) -> exp.Expression:
    parts = [tree.coalesce(listed(call, at), tree.cast(tree.array(), "VARCHAR[]")) for at in range(call.count)]
    return tree.filled(parts[0] if len(parts) == 1 else tree.call("list_concat", *parts))


def _mvfind(call: Call) -> exp.Expression:
    parameter = call.into.parameter()
    found = tree.each(listed(call, 0), parameter, matches(tree.column(parameter), call.once(1), call.into))
    place = tree.call("list_position", found, tree.boolean(True))
    return tree.subtract(tree.cast(tree.call("nullif", place, tree.whole(0)), "DOUBLE"), tree.double(1))


def _mvjoin(call: Call) -> exp.Expression:
    if call.value(1).constant is not None:
        return tree.call("array_to_string", listed(call, 0), text(call, 1))
    longer = tree.join(
        tree.column("__joined"), call.into.once(Value(text(call, 1), Type.text)).copy(), tree.column("__v")
    )
    return tree.call("list_reduce", listed(call, 0), tree.function(["__joined", "__v"], longer))


def _mvzip(call: Call) -> exp.Expression:
    delimiter = text(call, 2) if call.count == 3 else tree.text(",")
    pairs = tree.call("list_zip", listed(call, 0), listed(call, 1), tree.boolean(True))
    parameter = call.into.parameter()
    pair = tree.column(parameter)
    first = tree.call("struct_extract_at", pair, tree.whole(1))
    second = tree.call("struct_extract_at", pair.copy(), tree.whole(2))
    return tree.filled(tree.each(pairs, parameter, tree.join(first, delimiter, second)))


def _mvdedup(call: Call) -> exp.Expression:
    items = listed_once(call, 0)
    value, place = call.into.parameter(), call.into.parameter() + "_at"
    first = tree.equal(tree.call("list_position", items.copy(), tree.column(value)), tree.column(place))
    return tree.call("list_filter", items.copy(), tree.function([value, place], first))


def _mvsort(call: Call) -> exp.Expression:
    return tree.call("list_sort", listed(call, 0))


def _mvreverse(call: Call) -> exp.Expression:
    return tree.call("list_reverse", listed(call, 0))


def _mvmap(call: Call) -> exp.Expression:
    subject = call.apply.args[0]
    if not isinstance(subject, Column):
        raise call.refuse("anything but a field as its first argument", 0)
    parameter = call.into.parameter()
    items = listed(call, 0)
    mapped = _within(call, subject.name, parameter, lambda: as_text(call.into.value(call.apply.args[1]), call.into))
    texts = tree.each(items, parameter, mapped)
    return tree.filled(tree.keep(texts, parameter, tree.not_null(tree.column(parameter))))


def _mvfilter(call: Call) -> exp.Expression:
    names = sorted(set(columns(call.apply.args[0])))
    if len(names) != 1:
        raise call.refuse("a condition on other than one field", 0)
    parameter = call.into.parameter()
    items = as_list(call.into.value(Column(names[0])), call.into)
    test = _within(call, names[0], parameter, lambda: condition(call, 0))
    return tree.filled(tree.keep(items, parameter, test))


def _within(call: Call, name: str, parameter: str, compile: Callable[[], exp.Expression]) -> exp.Expression:
    """Compile a part in which the field stands for one value, a lambda's parameter."""
    into = call.into
    before = into.bound.get(name)
    into.bound[name] = Value(tree.column(parameter), Type.text)
    into.depth += 1
    try:
        return compile()
    finally:
        into.depth -= 1
        del into.bound[name]
        if before is not None:
            into.bound[name] = before


BODIES = {
    "split": _split,
    "mvindex": _mvindex,
    "mvcount": _mvcount,
    "mvappend": _mvappend,
    "mvfind": _mvfind,
    "mvjoin": _mvjoin,
    "mvzip": _mvzip,
    "mvdedup": _mvdedup,
    "mvsort": _mvsort,
    "mvreverse": _mvreverse,
    "mvmap": _mvmap,
    "mvfilter": _mvfilter,
}
