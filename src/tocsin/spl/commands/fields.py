"""`fields`: keep or, with a minus, remove fields."""

from __future__ import annotations

from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.spl.ast import Command
from tocsin.spl.cursor import Cursor
from tocsin.spl.lexer import SIGN
from tocsin.spl.names import read_names, values
from tocsin.spl.quoting import name, words


class Fields(Command, frozen=True):
    fields: tuple[str, ...]
    remove: bool = False


def parse(cursor: Cursor) -> Fields:
    sign = cursor.take_kind(SIGN, "sign")
    fields = read_names(cursor)
    if not fields:
        cursor.fail(catalogue.missing_argument(cursor.span(*cursor.keyword), "fields", "a field name"))
    return Fields(values(fields), remove=sign is not None and sign.text == "-", **cursor.identity())


def to_text(command: Fields) -> str:
    return words("fields", "-" if command.remove else "", *map(name, command.fields))
