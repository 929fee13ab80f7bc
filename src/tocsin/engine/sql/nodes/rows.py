"""Nodes that choose, order and repeat rows: Rows, Filter, Sort, Limit, Dedup, Expand."""

from __future__ import annotations

from msgspec.structs import replace
from sqlglot import exp

from tocsin.engine.sql import tree
from tocsin.engine.sql.expressions import Expressions, Value
from tocsin.engine.sql.forms import as_condition, as_number, as_text
from tocsin.engine.sql.functions import BODIES
from tocsin.engine.sql.query import Query, Relation, aliased, everything, select, where
from tocsin.engine.sql.scope import ROW, Field, free
from tocsin.plan.expr import Column, Type
from tocsin.plan.nodes import Dedup, Expand, Filter, Limit, Order, Rows, Sort

Terms = list[tuple[exp.Expression, bool]]


def rows(node: Rows, query: Query) -> Relation:
    return query.tables[node.table]


def keep(node: Filter, source: Relation, query: Query) -> Relation:
    into = Expressions(query, source, BODIES)
    condition = as_condition(into.value(node.condition), node.condition.span or node.span)
    settled = into.settle()
    columns = [exp.Star()] if settled == source.name else source.scope.projection()
    return query.add(where(select(columns, settled), condition), source.scope, "where")


def sort(node: Sort, source: Relation, query: Query) -> Relation:
    """Stable: rows of equal keys stay in the order they had."""
    into = Expressions(query, source, BODIES)
    terms = [term for key in node.keys for term in sort_terms(key, into)]
    return _renumbered(source, query, into, [*terms, *source.scope.order], node.limit)


def sort_terms(key: Order, into: Expressions) -> Terms:
    """By `mode`, numbers before texts; turned round as a whole for a descending key; NULL always last."""
    value = into.once(into.value(Column(key.name)))
    missing = (tree.is_null(value.copy()), False)
    if value.type is None:
        return []
    first = into.once(Value(_first(value), Type.text)) if value.type is Type.multi else value
    return [missing, *((term, key.descending) for term in _ranks(key.mode, first, into))]


def _first(value: Value) -> exp.Expression:
    return tree.call("list_extract", value.copy(), tree.whole(1))


def _ranks(mode: str, value: Value, into: Expressions) -> list[exp.Expression]:
    if value.type is Type.number and mode != "str":
        return [value.copy()]
    text = into.once(Value(as_text(value, into), Type.text))
    number = into.once(Value(as_number(value, into), Type.number))
    match mode:
        case "str":
            return [text.copy()]
        case "num":
            return [tree.is_null(number.copy()), number.copy()]
        case "ip":
            four = into.once(Value(tree.call("spl_ipv4", text.copy()), Type.number))
            six = into.once(Value(tree.call("spl_ipv6", text.copy()), Type.text))
            return [tree.is_null(four.copy()), four.copy(), tree.is_null(six.copy()), six.copy(), text.copy()]
        case "keys":
            return [tree.is_null(number.copy()), number.copy(), text.copy()]
        case _:
            address = into.once(Value(_address(number, text), Type.text))
            kind = tree.case(
                (tree.not_null(number.copy()), tree.whole(0)),
                (tree.not_null(address.copy()), tree.whole(1)),
                default=tree.whole(2),
            )
            return [kind, number.copy(), tree.coalesce(address.copy(), text.copy())]


def _address(number: Value, text: Value) -> exp.Expression:
    """What looks like none costs one match."""
    likely = tree.call("regexp_matches", text.copy(), tree.text("^[0-9A-Fa-f]{0,4}[.:][0-9A-Fa-f.:]+$"))
    return tree.case((tree.all_of(tree.is_null(number.copy()), likely), tree.call("spl_address", text.copy())))


def _renumbered(source: Relation, query: Query, into: Expressions, terms: Terms, limit: int | None) -> Relation:
    """The rows in a new order, kept as a number of the row."""
    settled = into.settle()
    scope = source.scope.with_hidden(ROW)
    columns = [each for each in source.scope.projection() if each.name != ROW]
    numbered = select([*columns, aliased(tree.row_number([], terms), ROW)], settled)
    sorted_rows = query.add(numbered, scope, "sort")
    if limit is None:
        return sorted_rows
    first = exp.LTE(this=tree.column(ROW), expression=tree.whole(limit))
    return query.add(where(everything(sorted_rows.name), first), scope, "head")


def limit(node: Limit, source: Relation, query: Query) -> Relation:
    order = exp.Order(expressions=tree.order_terms(source.scope.order))
    head = everything(source.name)
    head.set("order", order)
    head.set("limit", exp.Limit(expression=tree.whole(max(node.count, 0))))
    return query.add(head, source.scope, "head")


def dedup(node: Dedup, source: Relation, query: Query) -> Relation:
    """The first rows of each combination; a list counts as a whole."""
    fields = [source.scope.fields.get(name) for name in node.names]
    known = [field for field in fields if field is not None]
    missing = tree.any_of(*(tree.is_null(field.sql) for field in known))
    if len(known) < len(fields):
        return (
            source
            if node.keep_empty
            else query.add(where(everything(source.name), tree.boolean(False)), source.scope, "dedup")
        )
    place = tree.row_number([field.sql for field in known], source.scope.order)
    ident = query.temporary()
    placed = query.add(select([exp.Star(), aliased(place, ident)], source.name), source.scope, "places")
    wanted = exp.LTE(this=tree.column(ident), expression=tree.whole(node.limit))
    condition = tree.any_of(missing, wanted) if node.keep_empty else tree.all_of(tree.negate(missing), wanted)
    return query.add(where(select(source.scope.projection(), placed.name), condition), source.scope, "dedup")


def expand(node: Expand, source: Relation, query: Query) -> Relation:
    """A row for each value, in the order of the values; NULL and a single value keep their one row."""
    field = source.scope.fields.get(node.name)
    if field is None or field.type is not Type.multi:
        return source
    place = query.temporary()
    opened = unnested(source, query, node.name, node.limit, place)
    into = Expressions(query, opened, BODIES)
    terms = [*opened.scope.order, (tree.column(place), False)]
    return _renumbered(opened, query, into, terms, None)


def unnested(source: Relation, query: Query, name: str, most: int, place: str | None = None) -> Relation:
    """The rows once for each value of a list, which becomes that value; NULL stays one row.

    `place` names a column for the number of the value. `most` bounds the values of a row, 0 does not.
    """
    query.repeats = True
    field = source.scope.fields[name]
    values = field.sql if not most else tree.call("list_slice", field.sql, tree.whole(1), tree.whole(most))
    some = tree.case((tree.not_null(field.sql), values), default=tree.cast(tree.array(exp.Null()), "VARCHAR[]"))
    others = source.scope.projection(left_out=[name])
    ident = free(source.scope.fields, name)
    opened = [aliased(tree.call("unnest", some), ident)]
    if place:
        opened.append(aliased(tree.call("unnest", tree.call("range", tree.call("len", some.copy()))), place))
    scope = replace(source.scope, fields={**source.scope.fields, name: Field(ident, Type.text)})
    return query.add(select([*others, *opened], source.name), scope, "values_of")
