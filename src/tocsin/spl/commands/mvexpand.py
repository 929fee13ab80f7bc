"""`mvexpand`: a row for each value of a multivalue field."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.spl.ast import Command


@dataclass(frozen=True, slots=True)
class Mvexpand(Command):
    """`limit` 0 keeps every value."""

    field: str
    limit: int = 0
