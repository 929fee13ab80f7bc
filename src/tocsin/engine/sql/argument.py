"""What a measure is about: a column of the rows that are grouped, and the forms in which measures want it."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from msgspec import Struct
from sqlglot import exp

from tocsin.engine.sql import tree
from tocsin.engine.sql.expressions import Expressions, Value
from tocsin.engine.sql.forms import as_number, as_text
from tocsin.plan.expr import Column, Type

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


class Argument(Struct):
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
        return tree.call("list_distinct", tree.call("flatten", self.distinct(self.sql, Type.multi)))

    def distinct(self, sql: exp.Expression, type: Type | None) -> exp.Expression:
        """The distinct values of the group, as one list; of none NULL or empty."""
        if self.way is Way.joined and type is Type.text:
            return self._joined(tree.call("spl_joined", sql))
        if self.way is not Way.hashed:
            return tree.call("list_distinct", tree.call("list", sql))  # which leaves NULL out
        values = tree.call("list", exp.Distinct(expressions=[sql]))
        return tree.only_where(values, tree.not_null(sql.copy()))

    def together(self) -> exp.Expression:
        """All texts of the group, as one list, of many measures."""
        joined = tree.call("spl_joined_list", self.sql) if self.several else tree.call("spl_joined", self.text())
        return tree.call("spl_unjoined", self._aggregated(joined))

    def _joined(self, sql: exp.Expression) -> exp.Expression:
        return tree.call("spl_parted", self._aggregated(sql))

    def _aggregated(self, sql: exp.Expression) -> exp.Expression:
        return tree.call("string_agg", sql, tree.text(JOINT))

    def place(self) -> exp.Expression:
        """Where the row stands in its group, from 1: one window for all measures."""
        order = self.into.source.scope.order
        return self.once(tree.row_number([each.copy() for each in self.partition], order), Type.number)

    def size(self) -> exp.Expression:
        """How many rows the group has."""
        partition = [each.copy() for each in self.partition]
        return self.once(exp.Window(this=tree.call("count", exp.Star()), partition_by=partition), Type.number)

    def time(self) -> exp.Expression | None:
        found = self.into.value(Column("_time"))
        if found.type is None:
            return None
        return self.once(as_number(found, self.into), Type.number)


Body = Callable[[Argument], exp.Expression]
