"""`eventstats`: add the aggregates of a row's group to the row."""

from __future__ import annotations

from tocsin.spl.ast import Command
from tocsin.spl.commands.stats import (
    Aggregation,
    ByField,
    aggregation_text,
    by_text,
    read_aggregation,
    read_by,
    require_aggregations,
)
from tocsin.spl.cursor import Cursor
from tocsin.spl.options import refuse_option
from tocsin.spl.quoting import words


class Eventstats(Command, frozen=True):
    aggregations: tuple[Aggregation, ...]
    by: tuple[ByField, ...] = ()


def parse(cursor: Cursor) -> Eventstats:
    aggregations: list[Aggregation] = []
    by: tuple[ByField, ...] = ()
    while not cursor.at_end() and not by:
        refuse_option(cursor, "eventstats", ("allnum",), ("allnum",))
        by = read_by(cursor)
        if not by:
            aggregations.append(read_aggregation(cursor))
            cursor.skip_commas()
    require_aggregations(cursor, "eventstats", aggregations)
    return Eventstats(tuple(aggregations), by, **cursor.identity())


def to_text(command: Eventstats) -> str:
    return words("eventstats", *map(aggregation_text, command.aggregations), by_text(command.by))
