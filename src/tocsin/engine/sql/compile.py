"""A whole plan to one query."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count

from msgspec import Struct
from sqlglot import exp

from tocsin.cloudtrail.request import TIME
from tocsin.engine.sql import tree
from tocsin.engine.sql.expressions import Expressions, Value
from tocsin.engine.sql.forms import as_text
from tocsin.engine.sql.functions import BODIES
from tocsin.engine.sql.nodes import columns, groups, lookup, rows
from tocsin.engine.sql.nodes.origins import with_records
from tocsin.engine.sql.query import Query, Relation, aliased, select
from tocsin.engine.sql.scope import BEGIN, COUNT, END, PACK, RECORDS, Origin, record
from tocsin.plan.expr import Type
from tocsin.plan.nodes import (
    Aggregate,
    Dedup,
    Drop,
    Expand,
    Extend,
    FillNull,
    Filter,
    Join,
    Limit,
    Node,
    Rename,
    Rows,
    Select,
    Sort,
    Transform,
    Window,
    chain,
)

STEPS: Mapping[type[Node], Callable[..., Relation]] = {
    Aggregate: groups.aggregate,
    Dedup: rows.dedup,
    Drop: columns.drop,
    Expand: rows.expand,
    Extend: columns.extend,
    FillNull: columns.fillnull,
    Filter: rows.keep,
    Join: lookup.join,
    Limit: rows.limit,
    Rename: columns.rename,
    Select: columns.keep,
    Sort: rows.sort,
    Transform: columns.transform,
    Window: groups.window,
}


def relation(plan: Node, query: Query) -> Relation:
    """The plan's rows as steps of the query. The leaf must be `Rows` of a table that the engine holds."""
    leaf, *rest = chain(plan)
    assert isinstance(leaf, Rows), "a plan is bound to a table before it runs"
    current = rows.rows(leaf, query)
    for node in rest:
        current = STEPS[type(node)](node, current, query)
    return current


def stored_rows(plan: Node, query: Query) -> tuple[exp.Select, Relation]:
    """A select that gives every column, ours too, under the identifiers of the relation."""
    found = relation(plan, query)
    return query.finish(select(found.scope.projection(), found.name)), found


class Shown(Struct, frozen=True):
    """A select that gives text or lists of text in the order of the rows, then the records behind each row.

    `places` says for each of the columns which of the select's own it is, or under which name the row's pack has it,
    which is then the last two of what the select gives.
    """

    select: exp.Select
    columns: tuple[str, ...]
    places: tuple[int | str, ...]
    origin: Origin


def shown(plan: Node, query: Query) -> Shown:
    """The plan's rows as they are told."""
    found = relation(plan, query)
    if query.origins and found.scope.origin is Origin.group and RECORDS not in found.scope.hidden:
        found = with_records(found, query)
    into = Expressions(query, found, BODIES)
    own = found.scope.own
    texts = [(field.ident, _text(Value(field.sql, field.type), into)) for field in own.values()]
    origin = found.scope.origin if query.origins else Origin.none
    behind = _origin_columns(found, origin)
    behind += [tree.column(each) for each in PACK if found.scope.packed]
    result = select([*(aliased(sql, ident) for ident, sql in texts), *behind], into.settle())
    order = found.scope.order
    if order:
        result.set("order", exp.Order(expressions=tree.order_terms(order)))
    numbers = dict(zip(own, count(), strict=False))
    places = [numbers[name] if each.packed is None else each.packed for name, each in found.scope.fields.items()]
    return Shown(query.finish(result), tuple(found.scope.fields), tuple(places), origin)


def _text(value: Value, into: Expressions) -> exp.Expression:
    return value.sql if value.type is Type.multi else as_text(value, into)


def _origin_columns(found: Relation, origin: Origin) -> list[exp.Expression]:
    match origin:
        case Origin.none:
            return []
        case Origin.record:
            time = tree.column(TIME)
            one = [tree.whole(1), tree.array(record(found.scope)), time, time.copy()]
        case Origin.group:
            one = [tree.column(each) for each in (COUNT, RECORDS, BEGIN, END)]
    return [aliased(sql, ident) for sql, ident in zip(one, (COUNT, RECORDS, BEGIN, END), strict=True)]
