"""`lookup`: add fields from a table by key."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from tocsin.source import Span
from tocsin.spl.ast import Command


@dataclass(frozen=True, slots=True)
class LookupField:
    """`table_field AS event_field`; without AS both are the same."""

    table_field: str
    event_field: str
    span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Lookup(Command):
    """`outputs` None: no OUTPUT clause, every field of the table that is no key."""

    table: str
    keys: tuple[LookupField, ...]
    outputs: tuple[LookupField, ...] | None = None
    only_new: bool = False
    table_span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)
