"""`spath`: extract fields from JSON text."""

from __future__ import annotations

from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.source import Span
from tocsin.spl.ast import Command
from tocsin.spl.cursor import Cursor
from tocsin.spl.lexer import Token, value
from tocsin.spl.names import read_name
from tocsin.spl.options import refuse_option, take_option
from tocsin.spl.quoting import option as option_text
from tocsin.spl.quoting import words


class _Placed(Command, frozen=True, kw_only=True):
    path_span: Span | None


class Spath(_Placed, frozen=True):
    """`path` None: every leaf. `output` None: the field is named like the path."""

    input: str = "_raw"
    path: str | None = None
    output: str | None = None


_OPTIONS = ("input", "output", "path")


def parse(cursor: Cursor) -> Spath:
    """Options in any order; a word that is no option is the path."""
    options: dict[str, Token] = {}
    while not cursor.at_end():
        if option := take_option(cursor, *_OPTIONS):
            options[option[0]] = option[2]
        else:
            refuse_option(cursor, "spath", _OPTIONS)
            if "path" in options:
                cursor.fail_unexpected("an option")
            options["path"] = read_name(cursor, "a path")
        cursor.skip_commas()
    if "output" in options and "path" not in options:
        cursor.fail(catalogue.missing_argument(cursor.of(options["output"]), "spath", "a path with `output`"))
    return _command(cursor, options)


def _command(cursor: Cursor, options: dict[str, Token]) -> Spath:
    said = {name: value(token) for name, token in options.items()}
    path = options.get("path")
    return Spath(
        said.get("input", "_raw"),
        said.get("path"),
        said.get("output"),
        path_span=cursor.of(path) if path else None,
        **cursor.identity(),
    )


def to_text(command: Spath) -> str:
    return words(
        "spath",
        option_text("input", command.input),
        option_text("output", command.output) if command.output is not None else "",
        option_text("path", command.path) if command.path is not None else "",
    )
