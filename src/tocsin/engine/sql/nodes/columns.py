"""Nodes that change which columns there are: Extend, Select, Drop, Rename, FillNull, Transform."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace
from sqlglot import exp

from tocsin.engine.names import identifier
from tocsin.engine.sql import tree
from tocsin.engine.sql.expressions import Expressions, Value
from tocsin.engine.sql.functions import BODIES
from tocsin.engine.sql.query import Query, Relation, aliased, select
from tocsin.engine.sql.scope import Field, Scope, free
from tocsin.plan.expr import Apply, Column, Constant, Expr, Type
from tocsin.plan.nodes import Drop, Extend, FillNull, Rename, Select, Transform


def extended(source: Relation, query: Query, columns: Iterable[tuple[str, Expr]]) -> Relation:
    """The rows with columns added or replaced; each expression sees the source's columns."""
    into = Expressions(query, source, BODIES)
    values = {name: into.value(expr) for name, expr in columns}
    scope = _with_fields(source.scope, values)
    settled = into.settle()
    return query.add(select(_projection(scope, values), settled), scope, "eval")


def unpacked(source: Relation, query: Query, names: Iterable[str]) -> Relation:
    """The rows with columns for those of the fields that have none."""
    packed = [(name, Column(name)) for name in dict.fromkeys(names) if name in source.scope.packed]
    return extended(source, query, packed) if packed else source


def _with_fields(scope: Scope, values: Mapping[str, Value]) -> Scope:
    """Replaced fields keep their place and identifier, new ones come last."""
    fields = dict(scope.fields)
    for name, value in values.items():
        fields[name] = Field(free(fields, name), value.type or Type.text)
    return replace(scope, fields=fields)


def _projection(scope: Scope, values: Mapping[str, Value]) -> list[exp.Expression]:
    columns: list[exp.Expression] = []
    for name, field in scope.fields.items():
        if name in values:
            value = values[name]
            columns.append(aliased(tree.null(Type.text) if value.type is None else value.copy(), field.ident))
        elif field.packed is None:
            columns.append(field.sql)
    return [*columns, *(tree.column(each) for each in scope.hidden)]


def extend(node: Extend, source: Relation, query: Query) -> Relation:
    return extended(source, query, node.columns)


def keep(node: Select, source: Relation, query: Query) -> Relation:
    if node.create:
        missing = [(name, Constant(None)) for name in node.names if name not in source.scope.fields]
        source = extended(source, query, missing) if missing else source
    names = [name for name in dict.fromkeys(node.names) if name in source.scope.fields]
    if node.internal:
        names += [name for name in source.scope.fields if name.startswith("_") and name not in names]
    return _narrowed(source, query, names, "fields")


def drop(node: Drop, source: Relation, query: Query) -> Relation:
    return _narrowed(source, query, [name for name in source.scope.fields if name not in node.names], "drop")


def _narrowed(source: Relation, query: Query, names: list[str], what: str) -> Relation:
    scope = source.scope.narrowed(names)
    return query.add(select(scope.projection(), source.name), scope, what)


def rename(node: Rename, source: Relation, query: Query) -> Relation:
    """The column keeps its place and, below, its identifier: nothing is computed."""
    fields = source.scope.fields
    if node.old == node.new or (node.old not in fields and node.new not in fields):
        return source
    kept = [(node.new if name == node.old else name, each) for name, each in fields.items() if name != node.new]
    taken = [each.ident for name, each in kept if name != node.new]
    renamed = {name: replace(each, ident=identifier(name, taken)) if name == node.new else each for name, each in kept}
    scope = replace(source.scope, fields=renamed)
    pairs = zip((old for _, old in kept), renamed.values(), strict=True)
    columns = [aliased(old.sql, new.ident) for old, new in pairs if new.packed is None]
    hidden = [tree.column(each) for each in scope.hidden]
    return query.add(select([*columns, *hidden], source.name), scope, "rename")


def fillnull(node: FillNull, source: Relation, query: Query) -> Relation:
    """Without names only columns that some row has a value for are filled."""
    names = tuple(source.scope.fields) if node.names is None else node.names
    value = Constant(node.value)
    filled: list[tuple[str, Expr]] = []
    for name in names:
        whole = Apply("coalesce", (Column(name), value))
        known = Apply("present", (Column(name),))
        filled.append((name, whole if node.names else Apply("if", (known, whole, Column(name)))))
    return extended(source, query, filled)


def transform(node: Transform, source: Relation, query: Query) -> Relation:
    """Of a resolved plan: the pattern is a name."""
    if node.pattern not in source.scope.fields:
        return source
    constants = tuple(Constant(each, span=node.span) for each in node.arguments)
    result = Apply(node.function, (Column(node.pattern), *constants), span=node.span)
    return extended(source, query, [(node.new or node.pattern, result)])
