"""Measures as SQL aggregates. Arguments are plain columns of the rows that are grouped.

NULLs are ignored; a list counts value by value. `first`, `last`, `list` go by the present order, `earliest` and
`latest` by `_time`, and rows of the same time by the present order, so that every answer is the same each time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from sqlglot import exp

from tocsin.engine.sql import tree
from tocsin.engine.sql.expressions import Expressions, Value
from tocsin.engine.sql.forms import as_number, as_text
from tocsin.plan.expr import Column, Type

LIST_LIMIT = 100
JOINT = "\x1f"  # between texts that `spl_joined` has made, which have none


class Way(Enum):
    """How repeated values are left out.

    DuckDB has a hash table for each DISTINCT, which may use the disk, but takes milliseconds and megabytes to make. Few
    rows are listed as they are, and then made different. Of many measures each list would take megabytes, too, so they
    join their texts, and part them again.
    """

    hashed = "hashed"
    listed = "listed"
    joined = "joined"


@dataclass(slots=True)
class Argument:
    """A measure's argument over the rows, and what a measure may ask of them besides."""

    value: Value
    into: Expressions
    partition: tuple[exp.Expression, ...]
    way: Way

    @property
    def sql(self) -> exp.Expression:
        return self.value.copy()

    @property
    def several(self) -> bool:
        return self.value.type is Type.multi

    def once(self, sql: exp.Expression, type: Type) -> exp.Expression:
        """A column computed for each row, below the aggregate."""
        return self.into.once(Value(sql, type)).copy()

    def text(self) -> exp.Expression:
        return self.once(as_text(self.value, self.into), Type.text)

    def number(self) -> exp.Expression:
        return self.once(as_number(self.value, self.into), Type.number)

    def numbers(self) -> exp.Expression:
        """All numbers of the group's lists, as one list."""
        item = self.into.parameter()
        spelt = tree.each(self.sql, item, tree.call("spl_number", tree.column(item)))
        return tree.call("flatten", tree.call("list", self.once(spelt, Type.multi)))

    def texts(self) -> exp.Expression:
        """The distinct texts of the group's lists, as one list."""
        if self.way is Way.joined:
            return self._joined(tree.call("spl_joined_list", self.sql))
        return tree.call("list_distinct", tree.call("flatten", self.distinct(self.sql)))

    def distinct(self, sql: exp.Expression) -> exp.Expression:
        """The distinct values of the group, as one list."""
        if self.way is Way.joined and self.value.type is Type.text:
            return self._joined(tree.call("spl_joined", sql))
        hashed = self.way is Way.hashed
        values = tree.call("list", exp.Distinct(expressions=[sql]) if hashed else sql)
        kept = tree.only_where(values, tree.not_null(sql.copy()))
        return kept if hashed else tree.call("list_distinct", kept)

    def _joined(self, sql: exp.Expression) -> exp.Expression:
        return tree.call("spl_parted", tree.call("string_agg", sql, tree.text(JOINT)))

    def time(self) -> exp.Expression | None:
        found = self.into.value(Column("_time"))
        if found.type is None:
            return None
        return self.once(as_number(found, self.into), Type.number)


Body = Callable[[Argument], exp.Expression]


def count_rows() -> exp.Expression:
    return tree.cast(tree.call("count", exp.Star()), "DOUBLE")


def _count(argument: Argument) -> exp.Expression:
    if argument.value.type is Type.boolean:
        counted = tree.only_where(tree.call("count", exp.Star()), argument.sql)
    elif argument.several:
        counted = tree.coalesce(tree.call("sum", tree.call("len", argument.sql)), tree.whole(0))
    else:
        counted = tree.call("count", argument.sql)
    return tree.cast(counted, "DOUBLE")


def _dc(argument: Argument) -> exp.Expression:
    if argument.several or argument.way is not Way.hashed:
        found = argument.texts() if argument.several else argument.distinct(argument.sql)
        counted = tree.coalesce(tree.call("len", found), tree.whole(0))
    else:
        counted = tree.call("count", exp.Distinct(expressions=[argument.sql]))
    return tree.cast(counted, "DOUBLE")


def _values(argument: Argument) -> exp.Expression:
    if argument.several:
        return tree.filled(tree.call("list_sort", argument.texts()))
    return tree.call("list_sort", argument.distinct(argument.text()))


def _list(argument: Argument) -> exp.Expression:
    """The first hundred: rows beyond that never reach the aggregate, which could not spill them."""
    value = argument.sql if argument.several else argument.text()
    missing = tree.is_null(value.copy())
    place = tree.row_number([*(each.copy() for each in argument.partition), missing], argument.into.source.scope.order)
    rank = argument.once(place, Type.number)
    wanted = exp.LTE(this=rank, expression=tree.whole(LIST_LIMIT))
    listed = tree.call("list", tree.ordered(value, [(rank.copy(), False)]))
    kept = tree.only_where(listed, tree.all_of(tree.not_null(value.copy()), wanted))
    if argument.several:
        return tree.call("list_slice", tree.call("flatten", kept), tree.whole(1), tree.whole(LIST_LIMIT))
    return kept


def _least(argument: Argument) -> exp.Expression:
    if argument.several:
        return tree.call("spl_least", argument.texts())
    if argument.value.type is Type.number:
        return tree.call("min", argument.sql)
    numeric = tree.call("spl_text", tree.call("min", argument.number()))
    return tree.coalesce(numeric, tree.call("min", argument.text()))


def _greatest(argument: Argument) -> exp.Expression:
    if argument.several:
        return tree.call("spl_greatest", argument.texts())
    if argument.value.type is Type.number:
        return tree.call("max", argument.sql)
    number = argument.number()
    texts = tree.only_where(tree.call("max", argument.text()), tree.is_null(number.copy()))
    return tree.coalesce(texts, tree.call("spl_text", tree.call("max", number)))


def _numeric(function: str, *further: exp.Expression) -> Body:
    """An aggregate of DuckDB over the numbers; of lists, its twin over a list."""

    def body(argument: Argument) -> exp.Expression:
        if argument.several:
            name = tree.text(function)
            found = tree.call("list_aggregate", argument.numbers(), name, *(each.copy() for each in further))
        else:
            found = tree.call(function, argument.number(), *(each.copy() for each in further))
        return tree.call("spl_finite", tree.cast(found, "DOUBLE"))

    return body


def _spread(function: str, *, sample: bool) -> Body:
    """A spread; a sample's is 0 for one number, where DuckDB has NULL.

    Numbers beyond 1e150 do not count: their squares are not finite, which some versions of DuckDB fail over.
    """

    def body(argument: Argument) -> exp.Expression:
        if argument.several:
            numbers = _squarable_list(argument)
            spread = tree.call("list_aggregate", numbers, tree.text(function))
            count = tree.call("list_aggregate", numbers.copy(), tree.text("count"))
        else:
            number = argument.once(_squarable(argument.number()), Type.number)
            spread, count = tree.call(function, number), tree.call("count", number.copy())
        found = tree.call("spl_finite", tree.cast(spread, "DOUBLE"))
        return tree.case((tree.equal(count, tree.whole(1)), tree.double(0)), default=found) if sample else found

    return body


def _squarable(number: exp.Expression) -> exp.Expression:
    size = tree.call("abs", number.copy())
    return tree.case((exp.LTE(this=size, expression=tree.double(1e150)), number))


def _squarable_list(argument: Argument) -> exp.Expression:
    return tree.each(argument.numbers(), "__n", _squarable(tree.column("__n")))


def _sumsq(argument: Argument) -> exp.Expression:
    if argument.several:
        squares = tree.each(argument.numbers(), "__n", tree.multiply(tree.column("__n"), tree.column("__n")))
        return tree.call("spl_finite", tree.call("list_sum", squares))
    number = argument.number()
    return tree.call("spl_finite", tree.call("sum", tree.multiply(number, number.copy())))


def _range(argument: Argument) -> exp.Expression:
    return tree.call("spl_finite", tree.subtract(_numeric("max")(argument), _numeric("min")(argument)))


def _mode(argument: Argument) -> exp.Expression:
    """Of the most frequent the first by its bytes: DuckDB's own `mode` picks any."""
    if argument.several:
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


def _by_order(function: str) -> Body:
    def body(argument: Argument) -> exp.Expression:
        value = _shown(argument)
        picked = tree.call(function, value, argument.into.source.scope.arrival)
        return tree.only_where(picked, tree.not_null(value.copy()))

    return body


def _by_time(function: str) -> Body:
    """Of equal times the row that stands last is the earliest, that which stands first the latest."""

    def body(argument: Argument) -> exp.Expression:
        value, time = _shown(argument), argument.time()
        if time is None:
            return tree.call("any_value", tree.null(argument.value.type or Type.text))
        key = tree.struct(t=time, a=argument.into.source.scope.arrival)
        known = tree.all_of(tree.not_null(value.copy()), tree.not_null(time.copy()))
        return tree.only_where(tree.call(function, value, key), known)

    return body


def _shown(argument: Argument) -> exp.Expression:
    """Conditions as text; all else as it is."""
    return argument.text() if argument.value.type in (None, Type.boolean) else argument.sql


def _time_of(function: str) -> Body:
    def body(argument: Argument) -> exp.Expression:
        time = argument.time()
        if time is None:
            return tree.call("any_value", tree.null(Type.number))
        return tree.only_where(tree.call(function, time), tree.not_null(argument.sql))

    return body


MEASURES: Mapping[str, Body] = {
    "count": _count,
    "dc": _dc,
    "values": _values,
    "list": _list,
    "min": _least,
    "max": _greatest,
    "sum": _numeric("sum"),
    "sumsq": _sumsq,
    "avg": _numeric("avg"),
    "stdev": _spread("stddev_samp", sample=True),
    "stdevp": _spread("stddev_pop", sample=False),
    "var": _spread("var_samp", sample=True),
    "varp": _spread("var_pop", sample=False),
    "range": _range,
    "median": _numeric("median"),
    "mode": _mode,
    "earliest": _by_time("arg_min"),
    "latest": _by_time("arg_max"),
    "earliest_time": _time_of("min"),
    "latest_time": _time_of("max"),
    "first": _by_order("arg_max"),
    "last": _by_order("arg_min"),
}


def measure_body(function: str) -> Body | None:
    """The body of a canonical measure; `perc95` is the quantile 0.95."""
    if function.startswith("perc") and function[4:]:
        return _numeric("quantile_cont", tree.double(float(function[4:]) / 100))
    return MEASURES.get(function)
