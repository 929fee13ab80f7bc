"""`spath`: extract fields from JSON text."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from tocsin.source import Span
from tocsin.spl.ast import Command


@dataclass(frozen=True, slots=True)
class Spath(Command):
    """`path` None: every leaf. `output` None: the field is named like the path."""

    input: str = "_raw"
    path: str | None = None
    output: str | None = None
    path_span: Span | None = dataclasses.field(compare=False, repr=False, kw_only=True)
