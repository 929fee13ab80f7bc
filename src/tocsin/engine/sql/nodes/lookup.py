"""Join: columns of a lookup table by its keys.

The event's values are looked up once each. A multivalue field finds what any of its values finds.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace
from sqlglot import exp

from tocsin.content.lookup import LookupOptions
from tocsin.diagnostics import CompileError
from tocsin.diagnostics.catalogue import engine as catalogue
from tocsin.engine.sql import tree
from tocsin.engine.sql.expressions import Expressions, Value
from tocsin.engine.sql.forms import as_list, as_text
from tocsin.engine.sql.functions import BODIES
from tocsin.engine.sql.nodes.columns import unpacked
from tocsin.engine.sql.query import Query, Relation, aliased, named, select, where
from tocsin.engine.sql.scope import ROW, Field, Scope, free
from tocsin.plan.expr import Column, Type
from tocsin.plan.nodes import Join

LOOKUP = "lookup:"  # how the tables are named that hold lookups
PATTERN, FIRST, LAST = "pattern of ", "first of ", "last of "  # columns that matching needs, after a key's name


class _Key(Struct, frozen=True):
    """A column of the lookup, and the event's value for it; `ident` is where the distinct values stand."""

    name: str
    value: Value
    ident: str


def join(node: Join, source: Relation, query: Query) -> Relation:
    """Several rows that match give several values, in the table's order; none gives NULL."""
    options, lookup = query.lookups.get(node.lookup), query.tables.get(LOOKUP + node.lookup)
    if options is None or lookup is None:
        raise CompileError([catalogue.unknown_lookup(node.lookup, node.span)])
    outputs = node.outputs or _others(lookup, {name for name, _ in node.keys})
    source = unpacked(source, query, (event for _, event in outputs))
    into = Expressions(query, source, BODIES)
    keys = [
        _Key(name, _asked(into.value(Column(event)), into), f"key {at}") for at, (name, event) in enumerate(node.keys)
    ]
    rows = Relation(into.settle(), source.scope)
    asked = _distinct(rows, query, keys)
    found = _matches(asked, lookup, query, keys, tuple(dict.fromkeys(name for name, _ in outputs)), options)
    return _joined(node, rows, found, outputs, keys, into)


def _asked(value: Value, into: Expressions) -> Value:
    return into.once(value if value.type is Type.multi else Value(as_text(value, into), Type.text))


def _others(lookup: Relation, keys: set[str]) -> tuple[tuple[str, str], ...]:
    made = (PATTERN, FIRST, LAST)
    return tuple((name, name) for name in lookup.scope.fields if name not in keys and not name.startswith(made))


def _distinct(rows: Relation, query: Query, keys: list[_Key]) -> Relation:
    """The combinations of values that are asked for, each once."""
    columns = [aliased(key.value.copy(), key.ident) for key in keys]
    known = tree.all_of(*(tree.not_null(key.value.copy()) for key in keys))
    asked = where(select(columns, rows.name), known)
    asked.set("distinct", exp.Distinct())
    return query.add(asked, Scope({}), "asked")


def _matches(
    asked: Relation, lookup: Relation, query: Query, keys: list[_Key], outputs: tuple[str, ...], options: LookupOptions
) -> Relation:
    """For each combination the lists of what the rows that match hold."""
    singles = asked
    for key in keys:  # one after another: unnested in one select they would be paired
        opened = [exp.Star(), aliased(_each(key), f"one {key.ident}")]
        singles = query.add(select(opened, singles.name), Scope({}), "singles")
    tests = [_test(key, lookup, dict(options.match_types).get(key.name, ""), options) for key in keys]
    fields = {name: Field(f"value {at}", Type.multi) for at, name in enumerate(outputs)}
    columns: list[exp.Expression] = [tree.column(key.ident, "asked") for key in keys]
    columns += [aliased(_listed(name, lookup, options), field.ident) for name, field in fields.items()]
    rows = exp.Select(expressions=columns).from_(named(singles.name, "asked"), copy=False)
    side = "left" if options.min_matches else "inner"
    rows = rows.join(named(lookup.name, "lookup"), on=tree.all_of(*tests), join_type=side, copy=False)
    rows.set("group", exp.Group(expressions=[tree.column(key.ident, "asked") for key in keys]))
    return query.add(rows, Scope(fields), "lookup")


def _each(key: _Key) -> exp.Expression:
    asked = tree.column(key.ident)
    return tree.call("unnest", asked) if key.value.type is Type.multi else asked


def _test(key: _Key, lookup: Relation, kind: str, options: LookupOptions) -> exp.Expression:
    """Whether a row of the table matches one value."""
    one = tree.column(f"one {key.ident}", "asked")
    if kind == "WILDCARD":
        return tree.call("regexp_matches", one, _cell(PATTERN + key.name, lookup))
    cell = _cell(key.name, lookup)
    if kind == "CIDR":
        address = tree.call("spl_address", one.copy())
        inside = tree.between(address, _cell(FIRST + key.name, lookup), _cell(LAST + key.name, lookup))
        return tree.any_of(tree.equal(one, cell), inside)
    if options.case_sensitive_match:
        return tree.equal(one, cell)
    return tree.equal(tree.call("lower", one), tree.call("lower", cell))


def _cell(name: str, lookup: Relation) -> exp.Expression:
    field = lookup.scope.fields.get(name)
    return tree.null(Type.text) if field is None else tree.column(field.ident, "lookup")


def _listed(name: str, lookup: Relation, options: LookupOptions) -> exp.Expression:
    value = _cell(name, lookup)
    listed = tree.call("list", tree.ordered(value, [(tree.column(ROW, "lookup"), False)]))
    kept = tree.only_where(listed, tree.not_null(value.copy()))
    most = tree.call("list_slice", kept, tree.whole(1), tree.whole(max(options.max_matches, 1)))
    if not options.min_matches or not options.default_match:
        return tree.filled(most)
    some = tree.coalesce(most, tree.cast(tree.array(), "VARCHAR[]"))
    size = tree.call("greatest", tree.call("len", some), tree.whole(options.min_matches))
    return tree.call("list_resize", some.copy(), size, tree.text(options.default_match))


def _joined(
    node: Join,
    rows: Relation,
    found: Relation,
    outputs: tuple[tuple[str, str], ...],
    keys: list[_Key],
    into: Expressions,
) -> Relation:
    fields = dict(rows.scope.fields)
    computed: dict[str, exp.Expression] = {}
    for name, event in outputs:
        value: exp.Expression = tree.column(found.scope.fields[name].ident, "lookup")
        computed[event] = _unless_there(node, value, event, outputs, rows, into)
        fields[event] = Field(free(fields, event), Type.multi)
    columns = [
        aliased(computed[name], field.ident) if name in computed else field.of("rows")
        for name, field in fields.items()
        if field.packed is None
    ]
    columns += [tree.column(each, "rows") for each in rows.scope.hidden]
    on = [tree.equal(tree.column(key.ident, "lookup"), _of_rows(key.value)) for key in keys]
    joined = exp.Select(expressions=columns).from_(named(rows.name, "rows"), copy=False)
    joined = joined.join(named(found.name, "lookup"), on=tree.all_of(*on), join_type="left", copy=False)
    return into.query.add(joined, replace(rows.scope, fields=fields), "joined")


def _unless_there(
    node: Join,
    value: exp.Expression,
    event: str,
    outputs: tuple[tuple[str, str], ...],
    rows: Relation,
    into: Expressions,
) -> exp.Expression:
    """The looked-up value; with `only_new` the old ones where the row has a value in any of the fields already."""
    old = [rows.scope.fields[name] for _, name in outputs if name in rows.scope.fields]
    if not node.only_new or not old:
        return value
    there = tree.any_of(*(tree.not_null(field.of("rows")) for field in old))
    former = rows.scope.fields.get(event)
    kept = tree.null(Type.multi)
    if former is not None:
        kept = _of_rows(Value(as_list(Value(former.sql, former.type), into), Type.multi))
    return tree.case((there, kept), default=value)


def _of_rows(value: Value) -> exp.Expression:
    """A value over the rows, in a join where they have a name."""
    sql = value.copy()
    for each in sql.find_all(exp.Column):
        each.set("table", tree.name("rows"))
    return sql
