"""`table`: these columns, in this order, whether they exist or not."""

from __future__ import annotations

from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.spl.ast import Command
from tocsin.spl.cursor import Cursor
from tocsin.spl.names import read_names, values
from tocsin.spl.quoting import name, words


class Table(Command, frozen=True):
    fields: tuple[str, ...]


def parse(cursor: Cursor) -> Table:
    fields = read_names(cursor)
    if not fields:
        cursor.fail(catalogue.missing_argument(cursor.span(*cursor.keyword), "table", "a field name"))
    return Table(values(fields), **cursor.identity())


def to_text(command: Table) -> str:
    return words("table", *map(name, command.fields))
