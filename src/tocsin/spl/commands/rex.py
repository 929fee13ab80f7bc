"""`rex`: extract fields with a regular expression's named groups, or edit with sed."""

from __future__ import annotations

from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.source import Span
from tocsin.spl.ast import Command
from tocsin.spl.cursor import Cursor
from tocsin.spl.lexer import Token, value
from tocsin.spl.names import read_string_or_rest
from tocsin.spl.options import take_option, whole
from tocsin.spl.quoting import option as option_text
from tocsin.spl.quoting import quoted, words


class _Placed(Command, frozen=True, kw_only=True):
    pattern_span: Span


class Rex(_Placed, frozen=True):
    pattern: str
    field: str = "_raw"
    max_match: int = 1
    offset_field: str | None = None
    sed: bool = False


_OPTIONS = ("field", "max_match", "offset_field", "mode")


def parse(cursor: Cursor) -> Rex:
    """Options and pattern in any order; a pattern without quotes reaches to the end of the command."""
    options: dict[str, Token] = {}
    pattern: Token | None = None
    while not cursor.at_end():
        if option := take_option(cursor, *_OPTIONS):
            options[option[0]] = option[2]
        elif pattern is None:
            pattern = read_string_or_rest(cursor)
        else:
            cursor.fail_unexpected("an option")
    if pattern is None:
        cursor.fail(catalogue.missing_argument(cursor.span(*cursor.keyword), "rex", "a regular expression"))
    offset = options.get("offset_field")
    return Rex(
        value(pattern),
        value(options["field"]) if "field" in options else "_raw",
        whole(cursor, "max_match", options["max_match"]) if "max_match" in options else 1,
        value(offset) if offset else None,
        _is_sed(cursor, options.get("mode")),
        pattern_span=cursor.of(pattern),
        **cursor.identity(),
    )


def _is_sed(cursor: Cursor, mode: Token | None) -> bool:
    if mode is not None and value(mode).lower() != "sed":
        cursor.fail(catalogue.bad_option(cursor.of(mode), "mode", "`sed`"))
    return mode is not None


def to_text(command: Rex) -> str:
    return words(
        "rex",
        option_text("field", command.field),
        "mode=sed" if command.sed else "",
        f"max_match={command.max_match}" if command.max_match != 1 else "",
        option_text("offset_field", command.offset_field) if command.offset_field is not None else "",
        quoted(command.pattern),
    )
