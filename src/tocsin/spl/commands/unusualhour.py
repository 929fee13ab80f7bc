"""`unusualhour`: how surprising an event's hour is for whoever acted. Tocsin's own; Splunk has none."""

from __future__ import annotations

from tocsin.spl.ast import Command
from tocsin.spl.cursor import Cursor
from tocsin.spl.options import plain, refuse_option, take_option
from tocsin.spl.quoting import option as option_text
from tocsin.spl.quoting import words


class Unusualhour(Command, frozen=True):
    """`prefix` goes before each new name."""

    prefix: str = ""


def parse(cursor: Cursor) -> Unusualhour:
    prefix = ""
    while not cursor.at_end():
        if option := take_option(cursor, "prefix"):
            prefix = plain(cursor, "prefix", option[2])
        else:
            refuse_option(cursor, "unusualhour", ("prefix",))
            cursor.fail_unexpected("an option")
    return Unusualhour(prefix, **cursor.identity())


def to_text(command: Unusualhour) -> str:
    return words("unusualhour", option_text("prefix", command.prefix) if command.prefix else "")
