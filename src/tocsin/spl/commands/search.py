"""`search`: keep the events that match a search expression."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.spl.ast import Command, SearchExpr
from tocsin.spl.cursor import Cursor
from tocsin.spl.search_expression import read_search


@dataclass(frozen=True, slots=True)
class Search(Command):
    """`expression` is None for an empty search, which keeps everything."""

    expression: SearchExpr | None


def parse(cursor: Cursor) -> Search:
    return Search(read_search(cursor), **cursor.identity())
