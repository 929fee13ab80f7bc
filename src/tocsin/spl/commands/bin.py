"""`bin` (also `bucket`): put times or numbers into buckets."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.spl.ast import Command
from tocsin.spl.cursor import Cursor
from tocsin.spl.lexer import value
from tocsin.spl.options import refuse_option, whole


@dataclass(frozen=True, slots=True)
class Bin(Command):
    """`span` as written (`5m`, `1d`, `10`, `2log10`); `name` is None to overwrite the field."""

    field: str
    size: str | None = None
    bins: int | None = None
    aligntime: str | None = None
    name: str | None = None


_KNOWN = ("span", "bins", "aligntime", "minspan", "start", "end")
_UNSUPPORTED = ("minspan", "start", "end")


def parse(cursor: Cursor) -> Bin:
    """Options and field in any order."""
    texts: dict[str, str] = {}
    bins: int | None = None
    field: str | None = None
    name: str | None = None
    while not cursor.at_end():
        if option := cursor.option("span", "aligntime"):
            texts[option[0]] = value(option[2])
        elif option := cursor.option("bins"):
            bins = whole(cursor, "bins", option[2], least=2)
        else:
            refuse_option(cursor, "bin", _KNOWN, _UNSUPPORTED)
            if field is not None:
                cursor.fail_unexpected("an option")
            field = value(cursor.name())
            renamed = cursor.renamed()
            name = value(renamed) if renamed else None
    if field is None:
        cursor.fail(catalogue.missing_argument(cursor.span(*cursor.keyword), "bin", "a field name"))
    return Bin(field, texts.get("span"), bins, texts.get("aligntime"), name, **cursor.identity())
