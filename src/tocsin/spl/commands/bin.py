"""`bin` (also `bucket`): put times or numbers into buckets."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.spl.ast import Command


@dataclass(frozen=True, slots=True)
class Bin(Command):
    """`span` as written (`5m`, `1d`, `10`, `2log10`); `name` is None to overwrite the field."""

    field: str
    size: str | None = None
    bins: int | None = None
    aligntime: str | None = None
    name: str | None = None
