"""Expressions of a plan: SPL's odd meanings spelt out as named functions over columns and constants.

Every function is declared in `tocsin.plan.functions` (name, arity, result type, null rule); an engine gives
each one a body. Types are few, because Splunk's are: a field is text, and takes part as a number where it
looks like one. A missing field is NULL; JSON null is the text `null`; an empty list never exists (it is NULL).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from tocsin.placed import Placed
from tocsin.source import Span


class Type(Enum):
    """What a column or expression holds. `multi` is a non-empty list of text (a multivalue field)."""

    text = "text"
    number = "number"
    boolean = "boolean"
    multi = "multi"


class Spanned(Placed, frozen=True, kw_only=True):
    """What a part of a search asks for; `span` is that part."""

    span: Span | None = None


class Constant(Spanned, frozen=True):
    """A literal. `None` is NULL; numbers are `float`."""

    value: str | float | bool | None


class Column(Spanned, frozen=True):
    """A field of the row, by its exact name. NULL where the row, or the whole result set, lacks it."""

    name: str


class Apply(Spanned, frozen=True):
    """A function of `tocsin.plan.functions` applied to its arguments."""

    function: str
    args: tuple[Expr, ...]


Expr = Constant | Column | Apply

TRUE = Constant(True)
NULL = Constant(None)


def columns(expr: Expr) -> Iterator[str]:
    """The names of the fields an expression reads, in order, with repeats."""
    match expr:
        case Column(name):
            yield name
        case Apply(_, args):
            for arg in args:
                yield from columns(arg)
        case Constant():
            pass
