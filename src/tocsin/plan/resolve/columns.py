"""Nodes that make, keep, remove and rename columns, with their wildcards made concrete."""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.plan.expr import NULL, Apply, Column, Constant, Expr, Type
from tocsin.plan.names import captures, fill, is_pattern, select
from tocsin.plan.nodes import Drop, Extend, FillNull, Limit, Node, Rename, Select, Transform
from tocsin.plan.resolve.shape import (
    EMPTY,
    Field,
    Marks,
    Presence,
    Shape,
    Step,
    concrete,
    existing,
    field_of,
    marks,
    merged,
    present,
)

NO_FIELDS = "no fields"


def extend(input: Node, shape: Shape, columns: Iterable[tuple[str, Expr]], made: Marks) -> Step:
    """New columns over the input, from expressions that may still name what is not there."""
    known = tuple((name, concrete(expr, shape)) for name, expr in columns)
    if not known:
        return input, shape
    fields = ((name, field_of(expr, shape)) for name, expr in known)
    return Extend(input, known, **made), merged(shape, fields)


def with_keys(input: Node, shape: Shape, names: Iterable[str], made: Marks) -> Step:
    """The input with an empty column for each name that is not there, so that what needs it finds no value."""
    return extend(input, shape, [(name, NULL) for name in names if name not in shape], made)


def without_fields(input: Node, shape: Shape, name: str, made: Marks) -> Step:
    """No rows, and one column so that engines have something to give: rows without any field are no results."""
    plan, fields = extend(input, shape, [(name, NULL)], made)
    return Limit(Select(plan, (name,), **made), 0, **made), {name: fields[name]}


def resolve_extend(node: Extend, input: Node, shape: Shape) -> Step:
    return extend(input, shape, node.columns, marks(node))


def resolve_select(node: Select, input: Node, shape: Shape) -> Step:
    """Named columns in the order of the names, those of a pattern in their present order, then the internal ones."""
    if node.create:
        input, shape = with_keys(input, shape, (name for name in node.names if not is_pattern(name)), marks(node))
    names = dict.fromkeys(match for name in node.names for match in select(name, shape))
    if node.internal:
        names.update(dict.fromkeys(name for name in shape if name.startswith("_")))
    return Select(input, tuple(names), **marks(node)), {name: shape[name] for name in names}


def resolve_drop(node: Drop, input: Node, shape: Shape) -> Step:
    gone = dict.fromkeys(match for name in node.names for match in select(name, shape))
    if not gone:
        return input, shape
    kept = {name: field for name, field in shape.items() if name not in gone}
    return Drop(input, tuple(gone), **marks(node)), kept


def resolve_rename(node: Rename, input: Node, shape: Shape) -> Step:
    if is_pattern(node.old):
        return _rename_each(node, input, shape)
    if node.old == node.new:
        return input, shape
    if node.old not in shape:
        return extend(input, shape, [(node.new, NULL)] if node.new in shape else [], marks(node))
    if node.new in shape:
        input = Drop(input, (node.new,), **marks(node))
    fields = {node.new if name == node.old else name: field for name, field in shape.items() if name != node.new}
    return Rename(input, node.old, node.new, **marks(node)), fields


def _rename_each(node: Rename, input: Node, shape: Shape) -> Step:
    """Every column that has a value under its new name; whether it has one may be known to the engine only."""
    renamed: dict[str, str] = {}
    for old in existing(node.old, shape):
        renamed[old] = fill(node.new, captures(node.old, old) or ())
    if not renamed:
        return input, shape
    columns = {new: _replaced(old, new, shape) for old, new in renamed.items() if old != new}
    plan, fields = extend(input, shape, columns.items(), marks(node))
    order = dict.fromkeys(renamed.get(name, name) for name in shape if name in renamed or name not in columns)
    return Select(plan, tuple(order), **marks(node)), {name: fields[name] for name in order}


def _replaced(old: str, new: str, shape: Shape) -> Expr:
    if new not in shape or shape[old].presence is Presence.always:
        return Column(old)
    return Apply("if", (present(old), Column(old), Column(new)))


def resolve_fillnull(node: FillNull, input: Node, shape: Shape) -> Step:
    """Named columns are filled and created; without names, those that some row has a value for are filled."""
    names = existing("*", shape) if node.names is None else node.names
    columns = [(name, _filled(name, node, shape)) for name in names]
    plan, fields = extend(input, shape, columns, marks(node))
    return plan, merged(fields, ((name, Field(fields[name].type, Presence.always)) for name in names))


def _filled(name: str, node: FillNull, shape: Shape) -> Expr:
    field = shape.get(name, EMPTY)
    value = _filler(node.value, field.type)
    if field.presence is Presence.never:
        return value
    filled = Apply("coalesce", (Column(name), value))
    if node.names is not None or field.presence is Presence.always:
        return filled
    return Apply("if", (present(name), filled, Column(name)))


def _filler(value: str, type: Type) -> Constant:
    """A number for a column of numbers, if the value is one, so that the column stays what it is."""
    if type is Type.number and value.lstrip("-").replace(".", "", 1).isdecimal():
        return Constant(float(value))
    return Constant(value)


def resolve_transform(node: Transform, input: Node, shape: Shape) -> Step:
    """A field that is not there is left alone: no column comes of it."""
    constants = tuple(Constant(each, span=node.span) for each in node.arguments)
    columns = [
        (
            name if node.new is None else fill(node.new, captures(node.pattern, name) or ()),
            Apply(node.function, (Column(name), *constants), span=node.span),
        )
        for name in existing(node.pattern, shape)
    ]
    return extend(input, shape, columns, marks(node))
