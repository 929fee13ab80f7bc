"""Which columns some row has a value in: told for all that are asked about at once.

A subquery for each column would be a join for each, and records have thousands of leaves.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from tocsin.cloudtrail.packed import written
from tocsin.engine.names import HIDDEN
from tocsin.engine.sql import tree
from tocsin.engine.sql.query import Query, Relation, aliased, everything, select, table
from tocsin.engine.sql.scope import Field, Scope, split

_KNOWN = f"{HIDDEN}known"  # the names of all that has no column of its own and that some row has


def with_flags(source: Relation, flags: Mapping[str, str], query: Query) -> Relation:
    """The rows, each with a column for each of the source's fields that is asked about, the same in every row."""
    fields = {ident: source.scope.fields[name] for name, ident in flags.items()}
    own = {ident: field for ident, field in fields.items() if field.packed is None}
    packed = {ident: field.packed for ident, field in fields.items() if field.packed is not None}
    counted = [aliased(_some(field), ident) for ident, field in own.items()]
    if packed:
        names = tree.call("list", exp.Distinct(expressions=[split()]))
        counted.append(aliased(tree.call("list_distinct", tree.call("flatten", names)), _KNOWN))
    known = query.add(select(counted, source.name), Scope({}), "present")
    if packed:
        told = [aliased(_holds(name), ident) for ident, name in packed.items()]
        known = query.add(select([*map(tree.column, own), *told], known.name), Scope({}), "present")
    rows = everything(source.name).join(table(known.name), join_type="cross", copy=False)
    return query.add(rows, source.scope, "with_present")


def _some(field: Field) -> exp.Expression:
    return tree.binary(exp.GT, tree.call("count", field.sql), tree.whole(0))


def _holds(name: str) -> exp.Expression:
    return tree.call("list_contains", tree.column(_KNOWN), tree.text(written(name)))
