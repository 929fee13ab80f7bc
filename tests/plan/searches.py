"""Searches as text to plans, for tests."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from tocsin.diagnostics import CompileError, Diagnostic
from tocsin.plan.expr import Expr, Type
from tocsin.plan.lower import Context, Lowered, lower, lower_expression, lower_search
from tocsin.plan.nodes import Node
from tocsin.plan.resolve import resolve
from tocsin.plan.text import explain
from tocsin.source import Composed, Source
from tocsin.spl.parser import parse, parse_expression, parse_search

CONTEXT = Context(
    now=1000.0,
    timezone="Europe/Berlin",
    lookups={"owners": ("bucket", "owner", "team"), "empty": ("key",)},
    calendars=("office", "always"),
    profile=True,
)


def composed(text: str) -> Composed:
    return Composed.whole(Source("<test>", text))


def lowered(text: str) -> Lowered:
    return lower(parse(composed(text)).pipeline, CONTEXT)


def plan(text: str) -> Node:
    return lowered(text).plan


def lines(text: str) -> list[str]:
    """The plan of a search, a line a node, without its leaf."""
    return explain(plan(text)).splitlines()[1:]


def resolved(text: str, columns: str = "", *, exact: bool = True) -> Node:
    """The plan over a leaf with these columns: `a b.c{} n:number`; those with `{}` are multivalue."""
    return resolve(plan(text), dict(_typed(columns.split())), exact=exact)


def resolved_lines(text: str, columns: str = "", *, exact: bool = True) -> list[str]:
    return explain(resolved(text, columns, exact=exact)).splitlines()[1:]


def _typed(columns: Iterable[str]) -> Iterable[tuple[str, Type]]:
    for column in columns:
        name, _, type = column.partition(":")
        yield name, Type(type) if type else Type.multi if "{}" in name else Type.text


def expression(text: str) -> Expr:
    return lower_expression(parse_expression(composed(text)), CONTEXT)


def condition(text: str) -> Expr:
    return lower_search(parse_search(composed(text)), CONTEXT)[0]


def problems(text: str) -> tuple[Diagnostic, ...]:
    """What forbids to run a search."""
    with pytest.raises(CompileError) as raised:
        lowered(text)
    return raised.value.diagnostics


def marked(found: Iterable[Diagnostic]) -> list[tuple[str, str]]:
    """Each problem's name and the text under its span."""
    return [(each.name, each.span.text if each.span else "") for each in found]
