"""`bin` (also `bucket`): put times or numbers into buckets."""

from __future__ import annotations

from collections.abc import Mapping

from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.source import Span
from tocsin.spl.ast import Command
from tocsin.spl.cursor import Cursor
from tocsin.spl.lexer import value
from tocsin.spl.names import read_name, read_renamed
from tocsin.spl.options import refuse_option, take_option, whole
from tocsin.spl.quoting import name as name_text
from tocsin.spl.quoting import option as option_text
from tocsin.spl.quoting import words


class _Placed(Command, frozen=True, kw_only=True):
    places: Mapping[str, Span] = {}


class Bin(_Placed, frozen=True):
    """`size` as written (`5m`, `1d`, `10`, `2log10`); `name` is None to overwrite the field.

    `places` says where the value of each option stands.
    """

    field: str
    size: str | None = None
    bins: int | None = None
    aligntime: str | None = None
    name: str | None = None


_KNOWN = ("span", "bins", "aligntime", "minspan", "start", "end")
_UNSUPPORTED = ("minspan", "start", "end")


def parse(cursor: Cursor) -> Bin:
    """Options and field in any order; `AS` anywhere after the field."""
    texts: dict[str, str] = {}
    bins: int | None = None
    field: str | None = None
    name: str | None = None
    places: dict[str, Span] = {}
    while not cursor.at_end():
        if option := take_option(cursor, "span", "aligntime"):
            texts[option[0]] = value(option[2])
            places[option[0]] = cursor.of(option[2])
        elif option := take_option(cursor, "bins"):
            bins = whole(cursor, "bins", option[2], least=2)
            places["bins"] = cursor.of(option[2])
        elif field is None:
            refuse_option(cursor, "bin", _KNOWN, _UNSUPPORTED)
            field = value(read_name(cursor))
        elif (renamed := read_renamed(cursor)) is not None:
            name = renamed
        else:
            refuse_option(cursor, "bin", _KNOWN, _UNSUPPORTED)
            cursor.fail_unexpected("an option")
    if field is None:
        cursor.fail(catalogue.missing_argument(cursor.span(*cursor.keyword), "bin", "a field name"))
    return Bin(field, texts.get("span"), bins, texts.get("aligntime"), name, places=places, **cursor.identity())


def to_text(command: Bin) -> str:
    return words(
        "bin",
        option_text("span", command.size) if command.size is not None else "",
        option_text("bins", str(command.bins)) if command.bins is not None else "",
        option_text("aligntime", command.aligntime) if command.aligntime is not None else "",
        name_text(command.field),
        f"AS {name_text(command.name)}" if command.name is not None else "",
    )
