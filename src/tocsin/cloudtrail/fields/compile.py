"""Field to expression: parses a definition when it is first asked for, and puts earlier fields in place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tocsin.cloudtrail.fields.default import EXPRESSIONS
from tocsin.cloudtrail.fields.eventtypes import ACTION_TAGS, EVENT_TYPES, EventType
from tocsin.cloudtrail.fields.field import FieldDoc, Kind
from tocsin.cloudtrail.fields.table import TABLE
from tocsin.plan.expr import NULL, Apply, Column, Constant, Expr
from tocsin.plan.lower.condition import lower_search
from tocsin.plan.lower.context import Context
from tocsin.plan.lower.expression import lower_expression
from tocsin.source import Composed, Source
from tocsin.spl.parser import parse_expression, parse_search

_ORDER = tuple(Kind)
_CONTEXT = Context(now=0.0)  # no definition reads the clock or a zone


@dataclass(frozen=True, slots=True)
class FieldOptions:
    """Where we offer to differ from the add-on. `user_fallback`: `user` is `userName` where it would be NULL."""

    user_fallback: bool = False


STRICT = FieldOptions()


@cache
def expression(name: str, options: FieldOptions = STRICT) -> Expr | None:
    """The field over raw paths and the scan's hidden columns; None if `name` is no field of the table.

    Such a name is the path of a JSON leaf itself.
    """
    field = TABLE.get(name)
    if field is None:
        return None
    if name == "user" and options.user_fallback:
        return Apply("coalesce", (_required("user", STRICT), _required("userName", STRICT)))
    return _compile(field, options)


def _compile(field: FieldDoc, options: FieldOptions) -> Expr:
    match field.kind:
        case Kind.default if field.name in EXPRESSIONS:
            return EXPRESSIONS[field.name]
        case Kind.alias:
            return Column(field.definition)
        case Kind.eventtype:
            return _event_type_field(field.name, options)
        case _:
            source = Source(f"<{field.name}>", field.definition)
            lowered = lower_expression(parse_expression(Composed.whole(source)), _CONTEXT)
            return _over_paths(lowered, field.kind, options)


def _over_paths(expr: Expr, kind: Kind, options: FieldOptions) -> Expr:
    """`expr` with each name that is a field of an earlier kind replaced by that field; other names are paths.

    Spans go: they lead into definitions that nobody wrote into their search.
    """
    match expr:
        case Constant(value):
            return Constant(value)
        case Apply(function, args):
            return Apply(function, tuple(_over_paths(arg, kind, options) for arg in args))
        case Column(name):
            field = TABLE.get(name)
            earlier = field is not None and _ORDER.index(field.kind) < _ORDER.index(kind)
            return _required(name, options) if earlier else Column(name)


def _required(name: str, options: FieldOptions) -> Expr:
    found = expression(name, options)
    assert found is not None, name
    return found


@cache
def _condition(event_type: EventType, options: FieldOptions) -> Expr:
    source = Source(f"<{event_type.name}>", event_type.condition)
    condition, _ = lower_search(parse_search(Composed.whole(source)), _CONTEXT)
    return _over_paths(condition, Kind.eventtype, options)


def _event_type_field(name: str, options: FieldOptions) -> Expr:
    match name:
        case "eventtype":
            return _listed({each.name: (_condition(each, options),) for each in EVENT_TYPES})
        case "tag::eventtype":
            return _listed(_tag_conditions(options))
        case "tag::action":
            return _listed(_action_conditions(options))
        case _:
            return _listed(_tag_conditions(options) | _action_conditions(options))


def _tag_conditions(options: FieldOptions) -> dict[str, tuple[Expr, ...]]:
    tags = {tag for each in EVENT_TYPES for tag in each.tags}
    return {tag: tuple(_condition(each, options) for each in EVENT_TYPES if tag in each.tags) for tag in tags}


def _action_conditions(options: FieldOptions) -> dict[str, tuple[Expr, ...]]:
    action = _required("action", options)
    return {tag: (Apply("search_equal", (action, Constant(tag))),) for tag in ACTION_TAGS}


def _listed(names: dict[str, tuple[Expr, ...]]) -> Expr:
    """The names of which any condition is true, as a multivalue in their order; NULL if there is none."""
    chosen = tuple(
        Apply("if", (any_of(conditions), Constant(name), NULL)) for name, conditions in sorted(names.items())
    )
    return Apply("mvappend", chosen)


def any_of(conditions: tuple[Expr, ...]) -> Expr:
    """True if any is; one alone stays as it is."""
    return conditions[0] if len(conditions) == 1 else Apply("or", conditions)
