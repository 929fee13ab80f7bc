"""`stats`: aggregate rows, in groups if there is a BY clause."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from tocsin.source import Span
from tocsin.spl.ast import Command, Expr


@dataclass(frozen=True, slots=True)
class Aggregation:
    """`function(argument) AS name`.

    `function` is in lower case, aliases kept as written (`c`, `distinct_count`). `argument` is None for a
    bare `count`, a field name or wildcard pattern as text, or an expression for `count(eval(...))`.
    `name` is None where there is no AS; `default_name` is then the column's name: the text as written.
    """

    function: str
    argument: str | Expr | None
    name: str | None
    default_name: str
    span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class ByField:
    name: str
    span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Stats(Command):
    aggregations: tuple[Aggregation, ...]
    by: tuple[ByField, ...] = ()
    dedup_splitvals: bool = False
