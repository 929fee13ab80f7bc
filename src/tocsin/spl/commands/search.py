"""`search`: keep the events that match a search expression."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.spl.ast import Command, SearchExpr


@dataclass(frozen=True, slots=True)
class Search(Command):
    """`expression` is None for an empty search, which keeps everything."""

    expression: SearchExpr | None
