"""Statements that make, fill and widen the engine's tables."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from tocsin.cloudtrail.request import EVENT_ID, SEQ
from tocsin.engine.sql import tree
from tocsin.engine.sql.query import aliased, everything, named, select, table, where
from tocsin.plan.expr import Type


def create(ident: str, rows: exp.Query, *, stored: bool) -> exp.Expression:
    """A table, or a view where nothing is to be stored."""
    return exp.Create(this=table(ident), kind="TABLE" if stored else "VIEW", expression=rows, replace=True)


def create_empty(ident: str, columns: Sequence[tuple[str, str]]) -> exp.Expression:
    """A table of (identifier, SQL type)."""
    shape = [aliased(tree.cast(exp.Null(), type), each) for each, type in columns]
    return create(ident, where(exp.Select(expressions=shape), tree.boolean(False)), stored=True)


def add_column(ident: str, column: str, type: str) -> exp.Expression:
    definition = exp.ColumnDef(this=tree.name(column), kind=exp.DataType.build(type, dialect="duckdb"))
    return exp.Alter(this=table(ident), kind="TABLE", actions=[definition])


def change_type(ident: str, column: str, type: str, using: exp.Expression) -> exp.Expression:
    changed = exp.AlterColumn(this=tree.name(column), dtype=exp.DataType.build(type, dialect="duckdb"), using=using)
    return exp.Alter(this=table(ident), kind="TABLE", actions=[changed])


def drop(ident: str, *, view: bool = False) -> exp.Expression:
    return exp.Drop(tables=[table(ident)], kind="VIEW" if view else "TABLE")


def insert(ident: str, columns: Sequence[tuple[str, exp.Expression]], source: str) -> exp.Expression:
    """Rows of `source` into the named columns."""
    target = exp.Schema(this=table(ident), expressions=[tree.name(each) for each, _ in columns])
    return exp.Insert(this=target, expression=select([sql for _, sql in columns], source))


def repeated(ident: str) -> exp.Select:
    """The SEQ of each row whose EVENT_ID a row with a lower SEQ has already."""
    event, seq = tree.column(EVENT_ID), tree.column(SEQ)
    keep = "__tocsin_keep"
    several = select([event.copy(), aliased(tree.call("min", seq.copy()), keep)], ident)
    several = where(several, tree.not_null(event.copy()))
    several.set("group", exp.Group(expressions=[event.copy()]))
    count = tree.call("count", exp.Star())
    several.set("having", exp.Having(this=exp.GT(this=count, expression=tree.whole(1))))
    left = named(ident, "rows")
    same = tree.equal(tree.column(EVENT_ID, "rows"), tree.column(EVENT_ID, "several"))
    rows = exp.Select(expressions=[tree.column(SEQ, "rows")]).from_(left, copy=False)
    rows = rows.join(several.subquery("several"), on=same, copy=False)
    later = exp.NEQ(this=tree.column(SEQ, "rows"), expression=tree.column(keep, "several"))
    return where(rows, later)


def alike(ident: str) -> exp.Select:
    """How many rows there are, and how many EVENT_IDs have the hash of another.

    Sorting finds them in less time and memory than a hash table of as many ids, unless it has to spill.
    """
    event, hashed, before = tree.column(EVENT_ID), "hashed", "before"
    known = tree.case((tree.not_null(event), tree.call("hash", event.copy())))
    hashes = exp.Select(expressions=[aliased(known, hashed)]).from_(table(ident), copy=False)
    order = exp.Order(expressions=tree.order_terms([(tree.column(hashed), False)]))
    last = exp.Window(this=tree.call("lag", tree.column(hashed)), order=order)
    pairs = exp.Select(expressions=[tree.column(hashed), aliased(last, before)])
    pairs = pairs.from_(hashes.subquery("hashes"), copy=False)
    same = tree.call("count_if", tree.equal(tree.column(hashed), tree.column(before)))
    counts = exp.Select(expressions=[tree.call("count", exp.Star()), same])
    return counts.from_(pairs.subquery("pairs"), copy=False)


def without(ident: str, dropped: str) -> exp.Select:
    """The rows whose SEQ is not among those of another table."""
    seqs = select([tree.column(SEQ)], dropped)
    return where(everything(ident), tree.negate(exp.In(this=tree.column(SEQ), query=seqs.subquery())))


def counted(rows: exp.Query) -> exp.Select:
    return exp.Select(expressions=[tree.call("count", exp.Star())]).from_(rows.subquery("counted"), copy=False)


def as_stored(type: Type, column: exp.Expression) -> exp.Expression:
    """A column of a batch in the form that tables hold; a list has no NULL in it and is never empty."""
    if type is not Type.multi:
        return tree.cast(column, tree.SQL_TYPES[type])
    known = tree.keep(column, "__v", tree.not_null(tree.column("__v")))
    return tree.filled(tree.cast(known, "VARCHAR[]"))
