"""Which fields of a table some row has a value for, asked of the rows."""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp

from tocsin.cloudtrail.packed import all_names
from tocsin.cloudtrail.request import NAMES
from tocsin.engine.session import Session
from tocsin.engine.sql import tree
from tocsin.engine.sql.query import Relation, select

_SOME = 2048  # rows in which most columns that have a value have one


def filled(session: Session, table: Relation, count: int | None) -> set[str]:
    """Their names; `count` is the number of rows, where it is known."""
    own = table.scope.own
    found = _columns(session, table, own, exp.Limit(expression=tree.whole(_SOME)))
    if count is None or count > _SOME:
        found |= _columns(session, table, own.keys() - found, None)
    return found | _packed(session, table)


def _columns(session: Session, table: Relation, names: Iterable[str], limit: exp.Limit | None) -> set[str]:
    """Those of the columns that have a value, in the first rows or all."""
    fields = {name: table.scope.fields[name] for name in names}
    if not fields:
        return set()
    some = [tree.not_null(tree.call("any_value", field.sql)) for field in fields.values()]
    rows = select([field.sql for field in fields.values()], table.name)
    rows.set("limit", limit)
    (flags,) = session.fetch(exp.Select(expressions=some).from_(rows.subquery("some"), copy=False))
    return {name for name, flag in zip(fields, flags, strict=True) if flag}


def _packed(session: Session, table: Relation) -> set[str]:
    """Those without columns."""
    packed = {field.packed: name for name, field in table.scope.packed.items()}
    if not packed:
        return set()
    texts = select([tree.column(NAMES)], table.name)
    texts.set("distinct", exp.Distinct())
    return {packed[name] for name in all_names(text for (text,) in session.fetch(texts)) if name in packed}
