"""`table`: these columns, in this order, whether they exist or not."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.spl.ast import Command


@dataclass(frozen=True, slots=True)
class Table(Command):
    fields: tuple[str, ...]
