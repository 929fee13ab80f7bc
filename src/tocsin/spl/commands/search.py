"""`search`: keep the events that match a search expression."""

from __future__ import annotations

from collections.abc import Callable

from tocsin.spl.ast import Command, Pipeline, SearchExpr
from tocsin.spl.cursor import Cursor
from tocsin.spl.search_expression import read_search
from tocsin.spl.search_text import search_text


class Search(Command, frozen=True):
    """`expression` is None for an empty search, which keeps everything."""

    expression: SearchExpr | None


def parse(cursor: Cursor) -> Search:
    return Search(read_search(cursor), **cursor.identity())


def to_text(command: Search, pipeline: Callable[[Pipeline], str]) -> str:
    """`pipeline` writes subsearches."""
    return f"search {search_text(command.expression, pipeline)}" if command.expression is not None else "search"
