"""Field to expression: parses a definition when it is first asked for, and puts earlier fields in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from msgspec import Struct

from tocsin.cloudtrail.fields.default import EXPRESSIONS
from tocsin.cloudtrail.fields.eventtypes import EVENT_TYPE_FIELDS, event_type_field
from tocsin.cloudtrail.fields.field import Kind
from tocsin.cloudtrail.fields.table import TABLE
from tocsin.plan.expr import Apply, Column, Constant, Expr, columns
from tocsin.plan.lower.condition import lower_search
from tocsin.plan.lower.context import Context
from tocsin.plan.lower.expression import lower_expression
from tocsin.source import Composed, Source
from tocsin.spl.parser import parse_expression, parse_search

_ORDER = {kind: place for place, kind in enumerate(Kind)}
_CONTEXT = Context(now=0.0)  # no definition reads the clock or a zone

Stage = tuple[tuple[str, Expr], ...]


class FieldOptions(Struct, frozen=True):
    """Where we offer to differ from the add-on. `user_fallback`: `user` is `userName` where it would be NULL."""

    user_fallback: bool = False


STRICT = FieldOptions()


def expression(name: str, options: FieldOptions = STRICT) -> Expr | None:
    """The field over raw paths and the scan's hidden columns; None if `name` is no field of the table.

    Such a name is the path of a JSON leaf itself.
    """
    return _over_paths(name, options) if name in TABLE else None


@cache
def _over_paths(name: str, options: FieldOptions) -> Expr:
    return _inlined(definition(name, options), TABLE[name].kind, options)


def stages(names: Iterable[str], options: FieldOptions = STRICT) -> tuple[Stage, ...]:
    """The fields among the names, and those that they are made from, in as few steps as they can be made in.

    Each stage sees raw columns and the stages before it; a field hides the raw column of its name from then on.
    """
    made: dict[str, int] = {}

    def place(name: str) -> int:
        if name not in made:
            made[name] = max((place(each) + 1 for each in _parts(name, options)), default=0)
        return made[name]

    for name in names:
        if name in TABLE:
            place(name)
    return tuple(
        tuple((name, definition(name, options)) for name, stage in made.items() if stage == number)
        for number in range(max(made.values(), default=-1) + 1)
    )


def _parts(name: str, options: FieldOptions) -> Iterator[str]:
    """The fields that a field is made from."""
    kind = TABLE[name].kind
    return (each for each in columns(definition(name, options)) if is_earlier(each, kind))


@cache
def definition(name: str, options: FieldOptions) -> Expr:
    """The field over raw paths and fields of earlier kinds. Spans go: nobody wrote it into a search."""
    field = TABLE[name]
    if name == "user" and options.user_fallback:
        return Apply("coalesce", (definition("user", STRICT), definition("userName", STRICT)))
    if name in EXPRESSIONS:
        return EXPRESSIONS[name]
    if field.kind is Kind.alias:
        return Column(field.definition)
    if field in EVENT_TYPE_FIELDS:
        return event_type_field(name, _condition)
    source = Composed.whole(Source(f"<{name}>", field.definition))
    return _bare(lower_expression(parse_expression(source), _CONTEXT))


def is_earlier(name: str, kind: Kind) -> bool:
    """Whether a definition of the kind means a field by the name; else it means the raw path."""
    field = TABLE.get(name)
    return field is not None and _ORDER[field.kind] < _ORDER[kind]


def _inlined(expr: Expr, kind: Kind, options: FieldOptions) -> Expr:
    match expr:
        case Apply(function, args):
            return Apply(function, tuple(_inlined(arg, kind, options) for arg in args))
        case Column(name) if is_earlier(name, kind):
            return _over_paths(name, options)
        case _:
            return expr


def _condition(text: str) -> Expr:
    lowered, _ = lower_search(parse_search(Composed.whole(Source("<event type>", text))), _CONTEXT)
    return _bare(lowered)


def _bare(expr: Expr) -> Expr:
    match expr:
        case Constant(value):
            return Constant(value)
        case Column(name):
            return Column(name)
        case Apply(function, args):
            return Apply(function, tuple(_bare(arg) for arg in args))
