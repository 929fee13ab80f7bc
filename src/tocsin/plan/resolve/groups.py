"""Aggregates and windows, with their wildcard measures made concrete."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tocsin.plan.demand import TIMED
from tocsin.plan.expr import NULL, Apply, Column, Expr, Type
from tocsin.plan.functions import measure_type
from tocsin.plan.infer import infer
from tocsin.plan.names import captures, fill
from tocsin.plan.nodes import Aggregate, Drop, Extend, Measure, Node, Window
from tocsin.plan.resolve.columns import NO_FIELDS, with_keys, without_fields
from tocsin.plan.resolve.shape import Field, Presence, Shape, Step, concrete, existing, field_of, marks, merged

COUNTS = frozenset({"count", "dc"})  # never NULL


def resolve_aggregate(node: Aggregate, input: Node, shape: Shape) -> Step:
    """Columns are the keys, then the measures. A key that is not there drops every row, which an audit can count."""
    input, shape = with_keys(input, shape, node.keys, marks(node))
    measures = tuple(_expanded(node.measures, node.keys, shape))
    if not node.keys and not measures:  # only wildcards, and they stand for nothing
        return without_fields(input, shape, node.measures[0].name if node.measures else NO_FIELDS, marks(node))
    keys = {key: Field(_key_type(shape[key].type), Presence.always) for key in node.keys}
    fields = {**keys, **{measure.name: _field(measure, shape) for measure in measures}}
    return Aggregate(input, node.keys, measures, node.split_once, **marks(node)), fields


def resolve_window(node: Window, input: Node, shape: Shape) -> Step:
    """A row with a NULL key passes unchanged, so measures of a name that is taken go by another name first."""
    if any(key not in shape for key in node.keys):
        return input, shape
    measures = tuple(_expanded(node.measures, node.keys, shape))
    if not measures:
        return input, shape
    taken = {measure.name for measure in measures if node.keys and measure.name in shape}
    renamed = tuple(_under(measure, taken) for measure in measures)
    plan: Node = Window(input, node.keys, renamed, **marks(node))
    fields = merged(shape, ((measure.name, _field(measure, shape)) for measure in renamed))
    return _put_back(node, plan, fields, taken) if taken else (plan, fields)


def _put_back(node: Window, plan: Node, fields: Shape, taken: Iterable[str]) -> Step:
    keyed = Apply("and", tuple(Apply("isnotnull", (Column(key),)) for key in node.keys))
    columns = tuple((name, Apply("if", (keyed, Column(_hidden(name)), Column(name)))) for name in taken)
    hidden = tuple(_hidden(name) for name in taken)
    after = merged(fields, ((name, field_of(expr, fields)) for name, expr in columns))
    extended = Extend(plan, columns, **marks(node))
    return Drop(extended, hidden, **marks(node)), {name: after[name] for name in after if name not in hidden}


def _hidden(name: str) -> str:
    return f"eventstats {name}"  # a blank keeps it apart from fields


def _under(measure: Measure, taken: set[str]) -> Measure:
    name = _hidden(measure.name) if measure.name in taken else measure.name
    return Measure(measure.function, measure.argument, name, span=measure.span)


def _expanded(measures: Iterable[Measure], keys: tuple[str, ...], shape: Shape) -> Iterator[Measure]:
    """Measures over exact columns. Where a wildcard gives a name that is taken, the explicit or first one holds."""
    measures = tuple(measures)
    taken = {*keys, *(measure.name for measure in measures if measure.pattern is None)}
    for measure in measures:
        if measure.pattern is None:
            yield _concrete(measure, measure.argument, measure.name, shape)
            continue
        for column in sorted(set(existing(measure.pattern, shape)) - set(keys)):
            name = fill(measure.name, captures(measure.pattern, column) or ())
            if name not in taken:
                taken.add(name)
                yield _concrete(measure, Column(column), name, shape)


def _concrete(measure: Measure, argument: Expr | None, name: str, shape: Shape) -> Measure:
    """The measure over what is there; one that goes by time finds nothing in rows without `_time`."""
    known = None if argument is None else concrete(argument, shape)
    if measure.function in TIMED and "_time" not in shape:
        known = NULL
    return Measure(measure.function, known, name, span=measure.span)


def _field(measure: Measure, shape: Shape) -> Field:
    types = {name: field.type for name, field in shape.items()}
    type = measure_type(measure.function, None if measure.argument is None else infer(measure.argument, types))
    if measure.function in COUNTS:
        return Field(type, Presence.always)
    never = measure.argument is not None and field_of(measure.argument, shape).presence is Presence.never
    return Field(type, Presence.never if never else Presence.maybe)


def _key_type(type: Type) -> Type:
    """A multivalue key stands for its values, one a group."""
    return Type.text if type is Type.multi else type
