"""`fields`: keep or, with a minus, remove fields."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.spl.ast import Command


@dataclass(frozen=True, slots=True)
class Fields(Command):
    fields: tuple[str, ...]
    remove: bool = False
