"""`rex`: extract fields with a regular expression's named groups, or edit with sed."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from tocsin.source import Span
from tocsin.spl.ast import Command


@dataclass(frozen=True, slots=True)
class Rex(Command):
    pattern: str
    field: str = "_raw"
    max_match: int = 1
    offset_field: str | None = None
    sed: bool = False
    pattern_span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)
