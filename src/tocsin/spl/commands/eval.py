"""`eval`: compute fields, from left to right."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from tocsin.source import Span
from tocsin.spl.ast import Command, Expr


@dataclass(frozen=True, slots=True)
class Assignment:
    """`name = value`; `computed_name` for `{field} = value`, where the name is that field's value."""

    name: str
    value: Expr
    computed_name: bool = False
    span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Eval(Command):
    assignments: tuple[Assignment, ...]
