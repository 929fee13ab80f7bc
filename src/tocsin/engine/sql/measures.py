"""Measures as SQL aggregates. Arguments are plain columns of the rows that are grouped.

NULLs are ignored; a list counts value by value. `first`, `last`, `list` go by the present order, `earliest` and
`latest` by `_time`, and rows of the same time by the present order, so that every answer is the same each time.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from tocsin.engine.sql import tree
from tocsin.engine.sql.argument import Argument, Body, Way
from tocsin.engine.sql.numeric import numeric, spanned, spread, sumsq
from tocsin.engine.sql.placed import by_order, by_time, listed, time_of
from tocsin.plan.expr import Type


def count_rows() -> exp.Expression:
    return tree.cast(tree.call("count", exp.Star()), "DOUBLE")


def _count(argument: Argument) -> exp.Expression:
    if argument.value.type is Type.boolean:
        counted = tree.call("count", tree.case((argument.sql, tree.whole(1))))
    elif argument.several:
        counted = tree.coalesce(tree.call("sum", tree.call("len", argument.sql)), tree.whole(0))
    else:
        counted = tree.call("count", argument.sql)
    return tree.cast(counted, "DOUBLE")


def _dc(argument: Argument) -> exp.Expression:
    if argument.several or argument.way is not Way.hashed:
        found = argument.texts() if argument.several else argument.distinct(argument.sql, argument.value.type)
        counted = tree.coalesce(tree.call("len", found), tree.whole(0))
    else:
        counted = tree.call("count", exp.Distinct(expressions=[argument.sql]))
    return tree.cast(counted, "DOUBLE")


def _values(argument: Argument) -> exp.Expression:
    if argument.several:
        return tree.filled(tree.call("list_sort", argument.texts()))
    return tree.filled(tree.call("list_sort", argument.distinct(argument.text(), Type.text)))


def _least(argument: Argument) -> exp.Expression:
    if argument.several:
        return tree.call("spl_least", argument.texts())
    if argument.value.type is Type.number:
        return tree.call("min", argument.sql)
    number = tree.call("spl_text", tree.call("min", argument.number()))
    return tree.coalesce(number, tree.call("min", argument.text()))


def _greatest(argument: Argument) -> exp.Expression:
    if argument.several:
        return tree.call("spl_greatest", argument.texts())
    if argument.value.type is Type.number:
        return tree.call("max", argument.sql)
    number = argument.number()
    text = tree.case((tree.is_null(number.copy()), argument.text()))
    return tree.coalesce(tree.call("max", text), tree.call("spl_text", tree.call("max", number)))


def _mode(argument: Argument) -> exp.Expression:
    """Of the most frequent the first by its bytes: DuckDB's own `mode` picks any."""
    if argument.way is Way.joined:  # a histogram of its own for each takes minutes
        item = tree.call("list_aggregate", argument.together(), tree.text("histogram"))
    elif argument.several:
        item = tree.call(
            "list_aggregate", tree.call("flatten", tree.call("list", argument.sql)), tree.text("histogram")
        )
    else:
        item = tree.call("histogram", argument.text())
    counted = tree.call("map_entries", item)
    entry = tree.column("__e")
    key = tree.struct(
        n=tree.subtract(tree.whole(0), tree.cast(tree.field(entry, "value"), "BIGINT")),
        k=tree.field(entry.copy(), "key"),
    )
    return tree.field(tree.call("list_min", tree.each(counted, "__e", key)), "k")


MEASURES: Mapping[str, Body] = {
    "count": _count,
    "dc": _dc,
    "values": _values,
    "list": listed,
    "min": _least,
    "max": _greatest,
    "sum": numeric("sum"),
    "sumsq": sumsq,
    "avg": numeric("avg"),
    "stdev": spread("stddev_samp", sample=True),
    "stdevp": spread("stddev_pop", sample=False),
    "var": spread("var_samp", sample=True),
    "varp": spread("var_pop", sample=False),
    "range": spanned,
    "median": numeric("median"),
    "mode": _mode,
    "earliest": by_time("arg_min"),
    "latest": by_time("arg_max"),
    "earliest_time": time_of("min"),
    "latest_time": time_of("max"),
    "first": by_order("arg_max"),
    "last": by_order("arg_min"),
}


def measure_body(function: str) -> Body | None:
    """The body of a canonical measure; `perc95` is the quantile 0.95."""
    if function.startswith("perc") and function[4:]:
        return numeric("quantile_cont", tree.double(float(function[4:]) / 100))
    return MEASURES.get(function)
