"""`convert`: change the form of field values, above all epoch seconds to text."""

from __future__ import annotations

from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.spl.ast import Command, Written
from tocsin.spl.cursor import Cursor
from tocsin.spl.lexer import WORDS, value
from tocsin.spl.names import read_name, read_renamed
from tocsin.spl.options import refuse_option, take_option
from tocsin.spl.quoting import name as name_text
from tocsin.spl.quoting import option, words


class Conversion(Written, frozen=True):
    """`function(field) AS name`; the field may be a wildcard pattern; `name` is None to convert in place."""

    function: str
    field: str
    name: str | None


class Convert(Command, frozen=True):
    conversions: tuple[Conversion, ...]
    timeformat: str | None = None


FUNCTIONS = ("auto", "ctime", "dur2sec", "memk", "mktime", "mstime", "none", "num", "rmcomma", "rmunit")


def parse(cursor: Cursor) -> Convert:
    timeformat: str | None = None
    conversions: list[Conversion] = []
    while not cursor.at_end():
        if option := take_option(cursor, "timeformat"):
            timeformat = value(option[2])
        else:
            refuse_option(cursor, "convert", ("timeformat",))
            conversions.append(_conversion(cursor))
        cursor.skip_commas()
    if not conversions:
        cursor.fail(catalogue.missing_argument(cursor.span(*cursor.keyword), "convert", "a conversion"))
    return Convert(tuple(conversions), timeformat, **cursor.identity())


def _conversion(cursor: Cursor) -> Conversion:
    function = cursor.expect(WORDS, "word", "a conversion")
    if function.text.lower() not in FUNCTIONS:
        cursor.fail(catalogue.unknown_conversion(cursor.of(function), function.text, FUNCTIONS))
    opening = cursor.expect(WORDS, "open", "`(`")
    field = read_name(cursor)
    if cursor.take_kind(WORDS, "close") is None:
        cursor.fail(catalogue.unclosed_parenthesis(cursor.of(opening)))
    name = read_renamed(cursor)
    return Conversion(function.text.lower(), value(field), name, span=cursor.since(function.start))


def to_text(command: Convert) -> str:
    format = option("timeformat", command.timeformat) if command.timeformat is not None else ""
    return words("convert", format, *map(_conversion_text, command.conversions))


def _conversion_text(conversion: Conversion) -> str:
    renamed = f" AS {name_text(conversion.name)}" if conversion.name is not None else ""
    return f"{conversion.function}({name_text(conversion.field)}){renamed}"
