"""`mvexpand`: a row for each value of a multivalue field."""

from __future__ import annotations

from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.spl.ast import Command
from tocsin.spl.cursor import Cursor
from tocsin.spl.lexer import value
from tocsin.spl.names import read_name
from tocsin.spl.options import refuse_option, take_option, whole
from tocsin.spl.quoting import name, words


class Mvexpand(Command, frozen=True):
    """`limit` 0 keeps every value."""

    field: str
    limit: int = 0


def parse(cursor: Cursor) -> Mvexpand:
    limit = 0
    field: str | None = None
    while not cursor.at_end():
        if option := take_option(cursor, "limit"):
            limit = whole(cursor, "limit", option[2])
        elif field is None:
            refuse_option(cursor, "mvexpand", ("limit",))
            field = value(read_name(cursor))
        else:
            cursor.fail_unexpected("an option")
    if field is None:
        cursor.fail(catalogue.missing_argument(cursor.span(*cursor.keyword), "mvexpand", "a field name"))
    return Mvexpand(field, limit, **cursor.identity())


def to_text(command: Mvexpand) -> str:
    return words("mvexpand", name(command.field), f"limit={command.limit}" if command.limit else "")
