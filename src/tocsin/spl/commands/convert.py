"""`convert`: change the form of field values, above all epoch seconds to text."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from tocsin.source import Span
from tocsin.spl.ast import Command


@dataclass(frozen=True, slots=True)
class Conversion:
    """`function(field) AS name`; the field may be a wildcard pattern; `name` is None to convert in place."""

    function: str
    field: str
    name: str | None
    span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Convert(Command):
    conversions: tuple[Conversion, ...]
    timeformat: str | None = None
