"""`fillnull`: give missing fields a value."""

from __future__ import annotations

from tocsin.spl.ast import Command
from tocsin.spl.cursor import Cursor
from tocsin.spl.lexer import value
from tocsin.spl.names import read_name
from tocsin.spl.options import refuse_option, take_option
from tocsin.spl.quoting import name, words
from tocsin.spl.quoting import option as option_text


class Fillnull(Command, frozen=True):
    """`fields` empty: every field that exists in some row."""

    value: str = "0"
    fields: tuple[str, ...] = ()


def parse(cursor: Cursor) -> Fillnull:
    given = "0"
    fields: list[str] = []
    cursor.skip_commas()
    while not cursor.at_end():
        if option := take_option(cursor, "value"):
            given = value(option[2])
        else:
            refuse_option(cursor, "fillnull", ("value",))
            fields.append(value(read_name(cursor)))
        cursor.skip_commas()
    return Fillnull(given, tuple(fields), **cursor.identity())


def to_text(command: Fillnull) -> str:
    return words("fillnull", option_text("value", command.value), *map(name, command.fields))
