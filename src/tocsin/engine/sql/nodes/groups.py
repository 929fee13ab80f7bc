"""Nodes that group rows: Aggregate and Window, and the records behind a group."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from sqlglot import exp

from tocsin.diagnostics import CompileError
from tocsin.diagnostics.catalogue import engine as catalogue
from tocsin.engine.names import identifier
from tocsin.engine.sql import tree
from tocsin.engine.sql.argument import Argument, Way
from tocsin.engine.sql.expressions import Expressions, Value
from tocsin.engine.sql.functions import BODIES
from tocsin.engine.sql.measures import count_rows, measure_body
from tocsin.engine.sql.nodes.columns import extended
from tocsin.engine.sql.nodes.origins import counted_records, listed_records
from tocsin.engine.sql.nodes.rows import sort_terms, unnested
from tocsin.engine.sql.query import Grouping, Query, Relation, aliased, everything, named, select, where
from tocsin.engine.sql.scope import COUNT, GROUP, ROW, Field, Origin, Scope, free, fresh
from tocsin.plan.expr import Constant, Type
from tocsin.plan.functions import measure_type
from tocsin.plan.nodes import Aggregate, Measure, Order, Window

_MANY = 32  # measures, as wildcards make them


def aggregate(node: Aggregate, source: Relation, query: Query) -> Relation:
    keys = tuple(dict.fromkeys(node.keys))
    keyed = _with_keys(source, query, keys, node.split_once)
    grouped = _grouped(keyed, query, keys, node.measures, origins=query.origins)
    groups = _ordered(grouped, query, keys)
    if groups.scope.origin is Origin.group:
        query.repeats |= bool(query.groupings)
        query.groupings.append(Grouping(keyed, keys, groups))
    return groups


def _with_keys(source: Relation, query: Query, keys: Sequence[str], split_once: bool) -> Relation:
    """Rows that have every key; a list of values becomes a row for each."""
    if any(key not in source.scope.fields for key in keys):
        return _nothing(source, query, keys)
    for key in keys:
        if source.scope.fields[key].type is Type.multi:
            source = _once_each(source, query, key) if split_once else source
            source = unnested(source, query, key, 0)
    if not keys:
        return source
    known = tree.all_of(*(tree.not_null(source.scope.fields[key].sql) for key in keys))
    return query.add(where(everything(source.name), known), source.scope, "keyed")


def _nothing(source: Relation, query: Query, keys: Sequence[str]) -> Relation:
    """No rows, of a shape that can be grouped: some key exists nowhere."""
    missing = [(key, Constant(None)) for key in keys if key not in source.scope.fields]
    shaped = extended(source, query, missing)
    return query.add(where(everything(shaped.name), tree.boolean(False)), shaped.scope, "nothing")


def _once_each(source: Relation, query: Query, key: str) -> Relation:
    distinct = Field(free(source.scope.fields, key), Type.multi)
    column = aliased(tree.call("list_distinct", source.scope.fields[key].sql), distinct.ident)
    scope = replace(source.scope, fields={**source.scope.fields, key: distinct})
    return query.add(select([*source.scope.projection([key]), column], source.name), scope, "distinct")


def _grouped(
    source: Relation, query: Query, keys: Sequence[str], measures: Sequence[Measure], *, origins: bool
) -> Relation:
    """One row a group, in no order yet."""
    into = Expressions(query, source, BODIES)
    key_fields = [source.scope.fields[key] for key in keys]
    partition = tuple(field.sql for field in key_fields)
    few = query.few and not query.repeats
    way = Way.joined if len(measures) > _MANY else Way.listed if few else Way.hashed
    values = [_measured(measure, into, partition, way) for measure in measures]
    records = {**counted_records(source.scope), **listed_records(source.scope, query)} if origins else {}
    columns = [(key, field.type) for key, field in zip(keys, key_fields, strict=True)]
    scope = Scope(fresh([*columns, *((m.name, v.type or Type.text) for m, v in zip(measures, values, strict=True))]))
    shown = {**{key: field.sql for key, field in zip(keys, key_fields, strict=True)}}
    shown.update({measure.name: value.sql for measure, value in zip(measures, values, strict=True)})
    selected = [aliased(shown[name], field.ident) for name, field in scope.fields.items()]
    selected += [aliased(sql, ident) for ident, sql in records.items()]
    query_ = select(selected or [aliased(tree.whole(1), query.temporary())], into.settle())
    if keys:
        query_.set("group", exp.Group(expressions=[field.sql for field in key_fields]))
    return query.add(query_, scope.with_hidden(*records), "stats")


def _measured(measure: Measure, into: Expressions, partition: tuple[exp.Expression, ...], way: Way) -> Value:
    """A measure's SQL and type. Its argument becomes a column of the rows first."""
    if measure.argument is None:
        if measure.function != "count":
            raise CompileError([catalogue.not_for(measure.function, "no argument", measure.span)])
        return Value(count_rows(), Type.number)
    body = measure_body(measure.function)
    if body is None:
        raise CompileError([catalogue.no_body(measure.function, measure.span)])
    value = into.once(into.value(measure.argument))
    if value.type is None:
        value = Value(tree.null(Type.text), Type.text)
    return Value(body(Argument(value, into, partition, way)), measure_type(measure.function, value.type))


def _ordered(source: Relation, query: Query, keys: Sequence[str]) -> Relation:
    """Ascending by the keys: numbers before texts."""
    into = Expressions(query, source, BODIES)
    terms = [term for key in keys for term in sort_terms(Order(key, mode="keys"), into)]
    settled = into.settle()
    counted = COUNT in source.scope.hidden
    scope = source.scope.with_hidden(ROW, GROUP) if counted else source.scope.with_hidden(ROW)
    place = tree.row_number([], terms) if terms else tree.cast(tree.whole(1), "BIGINT")
    columns = [*source.scope.projection(), aliased(place, ROW)]
    if counted:
        columns.append(aliased(tree.column(ROW), GROUP))  # an alias: a second window would be planned, too
    return query.add(select(columns, settled), scope, "ordered")


def window(node: Window, source: Relation, query: Query) -> Relation:
    """The groups joined back to the rows; a row with a NULL key finds no group."""
    keys = tuple(dict.fromkeys(node.keys))
    if any(key not in source.scope.fields for key in keys):
        return source
    names = {f"key {at}": source.scope.fields[key] for at, key in enumerate(keys)}
    numbered = tuple(replace(measure, name=f"{at}") for at, measure in enumerate(node.measures))
    groups = _grouped(_aliased_keys(source, query, names), query, tuple(names), numbered, origins=False)
    found = {measure.name: groups.scope.fields[f"{at}"] for at, measure in enumerate(node.measures)}
    on = [tree.equal(field.of("rows"), groups.scope.fields[name].of("groups")) for name, field in names.items()]
    return _joined_back(source, groups, query, found, on)


def _joined_back(
    source: Relation, groups: Relation, query: Query, found: dict[str, Field], on: list[exp.Expression]
) -> Relation:
    fields = dict(source.scope.fields)
    for name, measured in found.items():
        fields[name] = Field(free(fields, name), measured.type)
    columns = [
        aliased(found[name].of("groups"), field.ident) if name in found else field.of("rows")
        for name, field in fields.items()
        if field.packed is None
    ]
    columns += [tree.column(each, "rows") for each in source.scope.hidden]
    rows = exp.Select(expressions=columns).from_(named(source.name, "rows"), copy=False)
    rows = rows.join(named(groups.name, "groups"), on=tree.all_of(*on), join_type="left", copy=False)
    return query.add(rows, replace(source.scope, fields=fields), "eventstats")


def _aliased_keys(source: Relation, query: Query, names: dict[str, Field]) -> Relation:
    """The rows with their keys repeated under names that no measure can have."""
    scope = source.scope
    fields = dict(scope.fields)
    repeated: list[exp.Expression] = []
    for name, field in names.items():
        ident = identifier(name, (each.ident for each in fields.values()))
        fields[name] = Field(ident, field.type)
        repeated.append(aliased(field.sql, ident))
    if not repeated:
        return source
    return query.add(select([exp.Star(), *repeated], source.name), replace(scope, fields=fields), "keys")
