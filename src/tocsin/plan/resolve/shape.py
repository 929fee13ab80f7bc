"""What is known of the rows at a place in a plan: their columns in order, each with its type and presence.

Splunk looks at the rows of a whole result to decide whether a field exists; so a plan that is made before it runs
can only say what it knows, and must ask the engine (`present`) for the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import TypedDict

from msgspec import Struct

from tocsin.plan.expr import Apply, Column, Constant, Expr, Type, columns
from tocsin.plan.infer import infer
from tocsin.plan.names import select
from tocsin.plan.nodes import Node
from tocsin.source import Span


class Presence(IntEnum):
    """Whether some row has a value in a column (if there are rows at all)."""

    never = 0
    maybe = 1
    always = 2


class Field(Struct, frozen=True):
    type: Type
    presence: Presence


Shape = Mapping[str, Field]
Step = tuple[Node, Shape]

EMPTY = Field(Type.text, Presence.never)

# Two-valued functions: of a field that exists nowhere they are false.
SEARCHES = frozenset(
    {
        "search_equal",
        "search_not_equal",
        "search_less",
        "search_less_equal",
        "search_greater",
        "search_greater_equal",
        "search_cidr",
        "exists",
        "term",
        "phrase",
    }
)
# Functions that go through the values of one field: without it there is nothing to go through.
ONE_FIELD = frozenset({"mvmap", "mvfilter"})


class Marks(TypedDict):
    """Where a new node comes from: the same command and macro as the node that it stands for."""

    span: Span | None
    macro: str | None


def marks(node: Node) -> Marks:
    return {"span": node.span, "macro": node.macro}


def concrete(expr: Expr, shape: Shape) -> Expr:
    """The expression with NULL for every column that is not there."""
    match expr:
        case Column(name, span=span):
            return expr if name in shape else Constant(None, span=span)
        case Apply(function, args, span=span):
            known = tuple(concrete(arg, shape) for arg in args)
            if function in SEARCHES and known[0] == Constant(None):
                return Constant(False, span=span)
            if function in ONE_FIELD and not any(True for _ in columns(known[0])):
                return Constant(None, span=span)
            return Apply(function, known, span=span)
        case Constant():
            return expr


def field_of(expr: Expr, shape: Shape) -> Field:
    """What a column computed by a concrete expression is like."""
    types = {name: field.type for name, field in shape.items()}
    return Field(infer(expr, types) or Type.text, _presence(expr, shape))


def _presence(expr: Expr, shape: Shape) -> Presence:
    match expr:
        case Constant(None):
            return Presence.never
        case Constant():
            return Presence.always
        case Column(name):
            return shape[name].presence
        case Apply("coalesce", args):
            return max(_presence(arg, shape) for arg in args)
        case Apply():
            return Presence.maybe


def fewer(shape: Shape) -> Shape:
    """The columns after some rows may have gone."""
    return {name: Field(field.type, min(field.presence, Presence.maybe)) for name, field in shape.items()}


def existing(pattern: str, shape: Shape) -> list[str]:
    """The columns that a wildcard pattern stands for, without those that surely have no value."""
    return [name for name in select(pattern, shape) if shape[name].presence > Presence.never]


def merged(shape: Shape, new: Iterable[tuple[str, Field]]) -> Shape:
    """The columns with some added or replaced; a replaced one keeps its place."""
    return {**shape, **dict(new)}


def present(name: str) -> Expr:
    """Whether some row of the input has a value in a column."""
    return Apply("present", (Column(name),))
