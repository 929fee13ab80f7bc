"""Join: columns of a lookup table by equality of keys."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from tocsin.diagnostics import CompileError
from tocsin.diagnostics.catalogue import engine as catalogue
from tocsin.engine.names import identifier
from tocsin.engine.sql import tree
from tocsin.engine.sql.expressions import Expressions, Value
from tocsin.engine.sql.forms import as_list, as_text
from tocsin.engine.sql.functions import BODIES
from tocsin.engine.sql.query import Query, Relation, aliased, select, table, where
from tocsin.engine.sql.scope import ROW, Field
from tocsin.plan.expr import Column, Type
from tocsin.plan.nodes import Join

LOOKUP = "lookup:"  # how the tables are named that hold lookups


def join(node: Join, source: Relation, query: Query) -> Relation:
    """Several rows that match give several values, in the table's order; none gives NULL."""
    lookup = query.tables.get(LOOKUP + node.lookup)
    if lookup is None:
        raise CompileError([catalogue.unknown_lookup(node.lookup, node.span)])
    keys = {key for key, _ in node.keys}
    outputs = node.outputs or tuple((name, name) for name in lookup.scope.fields if name not in keys)
    found = _by_key(lookup, query, tuple(keys), tuple(dict.fromkeys(name for name, _ in outputs)))
    into = Expressions(query, source, BODIES)
    wanted = {key: _plain(into.value(Column(event)), into) for key, event in node.keys}
    return _joined(node, source, found, outputs, into, wanted)


def _plain(value: Value, into: Expressions) -> Value:
    return into.once(Value(as_text(value, into), Type.text))


def _by_key(lookup: Relation, query: Query, keys: tuple[str, ...], outputs: tuple[str, ...]) -> Relation:
    """One row a key with lists of what its rows hold; empty cells are no values."""
    into = Expressions(query, lookup, BODIES)
    texts = {name: _plain(into.value(Column(name)), into) for name in (*keys, *outputs)}
    fields = {f"key {name}": Field(f"key {at}", Type.text) for at, name in enumerate(keys)}
    fields.update({name: Field(f"value {at}", Type.multi) for at, name in enumerate(outputs)})
    columns = [aliased(texts[name].copy(), fields[f"key {name}"].ident) for name in keys]
    for name in outputs:
        value = texts[name].copy()
        listed = tree.call("list", tree.ordered(value, [(tree.column(ROW), False)]))
        known = tree.all_of(tree.not_null(value.copy()), exp.NEQ(this=value.copy(), expression=tree.text("")))
        columns.append(aliased(tree.only_where(listed, known), fields[name].ident))
    grouped = where(select(columns, into.settle()), tree.all_of(*(tree.not_null(texts[name].copy()) for name in keys)))
    grouped.set("group", exp.Group(expressions=[texts[name].copy() for name in keys]))
    return query.add(grouped, replace(lookup.scope, fields=fields, hidden=()), "lookup")


def _joined(
    node: Join,
    source: Relation,
    found: Relation,
    outputs: tuple[tuple[str, str], ...],
    into: Expressions,
    wanted: dict[str, Value],
) -> Relation:
    fields = dict(source.scope.fields)
    blocked = _has_any(source, [name for _, name in outputs]) if node.only_new else None
    computed: dict[str, exp.Expression] = {}
    for key, name in outputs:
        value: exp.Expression = tree.column(found.scope.fields[key].ident, "lookup")
        if blocked is not None:
            old = fields.get(name)
            kept = tree.null(Type.multi) if old is None else _qualified(old, into)
            value = tree.case((blocked.copy(), kept), default=value)
        ident = fields[name].ident if name in fields else identifier(name, (each.ident for each in fields.values()))
        fields[name] = Field(ident, Type.multi)
        computed[name] = value
    columns = [
        aliased(computed[name], field.ident) if name in computed else tree.column(field.ident, "rows")
        for name, field in fields.items()
    ]
    columns += [tree.column(each, "rows") for each in source.scope.hidden]
    on = [
        tree.equal(tree.column(found.scope.fields[f"key {key}"].ident, "lookup"), _of_rows(value))
        for key, value in wanted.items()
    ]
    rows = exp.alias_(table(into.settle()), "rows", table=True, quoted=True)
    joined = exp.Select(expressions=columns).from_(rows, copy=False)
    other = exp.alias_(table(found.name), "lookup", table=True, quoted=True)
    joined = joined.join(other, on=tree.all_of(*on), join_type="left", copy=False)
    return into.query.add(joined, replace(source.scope, fields=fields), "joined")


def _of_rows(value: Value) -> exp.Expression:
    sql = value.copy()
    for each in sql.find_all(exp.Column):
        each.set("table", tree.name("rows"))
    return sql


def _qualified(field: Field, into: Expressions) -> exp.Expression:
    return _of_rows(Value(as_list(Value(field.sql, field.type), into), Type.multi))


def _has_any(source: Relation, names: list[str]) -> exp.Expression:
    """Whether the row has a value already in any of the fields."""
    known = [source.scope.fields[name] for name in names if name in source.scope.fields]
    return tree.any_of(*(tree.not_null(tree.column(field.ident, "rows")) for field in known))
