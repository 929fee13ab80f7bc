"""`regex`: keep the rows whose field matches a regular expression."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from tocsin.source import Span
from tocsin.spl.ast import Command


@dataclass(frozen=True, slots=True)
class Regex(Command):
    """`negated` for `field!=pattern`."""

    pattern: str
    field: str = "_raw"
    negated: bool = False
    pattern_span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)
