"""`dedup`: the first rows of each combination of values."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.spl.ast import Command
from tocsin.spl.commands.sort import SortKey


@dataclass(frozen=True, slots=True)
class Dedup(Command):
    fields: tuple[str, ...]
    limit: int = 1
    keepevents: bool = False
    keepempty: bool = False
    consecutive: bool = False
    sortby: tuple[SortKey, ...] = ()
