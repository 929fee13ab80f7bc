"""Measures that go by the place or the time of rows.

Of many measures none has a FILTER: for each, DuckDB makes room for all columns again, so time and memory would grow
with the square of their number. `arg_min` and `arg_max` leave NULL out by themselves.
"""

from __future__ import annotations

from sqlglot import exp

from tocsin.engine.sql import tree
from tocsin.engine.sql.argument import Argument, Body, Way
from tocsin.plan.expr import Type

LIST_LIMIT = 100


def listed(argument: Argument) -> exp.Expression:
    """The first hundred: rows beyond that are never held, for they could not be spilt."""
    value = argument.sql if argument.several else argument.text()
    found = _leading(argument, value) if argument.way is Way.joined else _ranked(argument, value)
    if argument.several:
        return tree.call("list_slice", tree.call("flatten", found), tree.whole(1), tree.whole(LIST_LIMIT))
    return found


def _leading(argument: Argument, value: exp.Expression) -> exp.Expression:
    """Of many measures: one window for all, and room for each group's values, as many as it may have."""
    room = tree.call("least", argument.size(), tree.whole(LIST_LIMIT))
    return tree.call("arg_min", value, argument.place(), room)


def _ranked(argument: Argument, value: exp.Expression) -> exp.Expression:
    """Of a few: a window for each, which may use the disk."""
    missing = tree.is_null(value.copy())
    place = tree.row_number([*(each.copy() for each in argument.partition), missing], argument.into.source.scope.order)
    rank = argument.once(place, Type.number)
    wanted = exp.LTE(this=rank, expression=tree.whole(LIST_LIMIT))
    kept = tree.call("list", tree.ordered(value, [(rank.copy(), False)]))
    return tree.only_where(kept, tree.all_of(tree.not_null(value.copy()), wanted))


def by_order(function: str) -> Body:
    def body(argument: Argument) -> exp.Expression:
        return tree.call(function, _shown(argument), _arrival(argument))

    return body


def by_time(function: str) -> Body:
    """Of equal times the row that stands last is the earliest, that which stands first the latest."""

    def body(argument: Argument) -> exp.Expression:
        time = argument.time()
        if time is None:
            return tree.call("any_value", tree.null(argument.value.type or Type.text))
        key = tree.struct(t=time, a=argument.into.source.scope.arrival)
        known = argument.once(tree.case((tree.not_null(time.copy()), key)), Type.number)
        return tree.call(function, _shown(argument), known)

    return body


def time_of(function: str) -> Body:
    def body(argument: Argument) -> exp.Expression:
        time = argument.time()
        if time is None:
            return tree.call("any_value", tree.null(Type.number))
        return tree.call(function, tree.case((tree.not_null(argument.sql), time)))

    return body


def _arrival(argument: Argument) -> exp.Expression:
    return argument.once(argument.into.source.scope.arrival, Type.number)


def _shown(argument: Argument) -> exp.Expression:
    """Conditions as text; all else as it is."""
    return argument.text() if argument.value.type in (None, Type.boolean) else argument.sql
