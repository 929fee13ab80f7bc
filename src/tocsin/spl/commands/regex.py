"""`regex`: keep the rows whose field matches a regular expression."""

from __future__ import annotations

from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.source import Span
from tocsin.spl.ast import Command
from tocsin.spl.cursor import Cursor
from tocsin.spl.lexer import WORDS, value
from tocsin.spl.names import read_string_or_rest
from tocsin.spl.quoting import name as name_text
from tocsin.spl.quoting import quoted


class _Placed(Command, frozen=True, kw_only=True):
    pattern_span: Span


class Regex(_Placed, frozen=True):
    """`negated` for `field!=pattern`."""

    pattern: str
    field: str = "_raw"
    negated: bool = False


def parse(cursor: Cursor) -> Regex:
    """`regex "p"`, `regex field="p"`, `regex field!="p"`; without quotes the pattern reaches to the end."""
    field, negated = "_raw", False
    before = cursor.mark()
    name = cursor.take_kind(WORDS, "word", "string")
    sign = cursor.take_kind(WORDS, "op") if name else None
    if name is not None and sign is not None and sign.text in ("=", "!="):
        field, negated = value(name), sign.text == "!="
    else:
        cursor.rewind(before)
    if cursor.at_end():
        cursor.fail(catalogue.missing_argument(cursor.span(*cursor.keyword), "regex", "a regular expression"))
    pattern = read_string_or_rest(cursor)
    return Regex(value(pattern), field, negated, pattern_span=cursor.of(pattern), **cursor.identity())


def to_text(command: Regex) -> str:
    sign = "!=" if command.negated else "="
    return f"regex {name_text(command.field)}{sign}{quoted(command.pattern)}"
