"""`sort`: order rows, and keep the first 10,000 unless told otherwise."""

from __future__ import annotations

import re

from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.spl.ast import Command, Written
from tocsin.spl.cursor import Cursor
from tocsin.spl.lexer import SIGN, WORDS, Token, value
from tocsin.spl.names import read_name
from tocsin.spl.options import refuse_option, take_option, whole
from tocsin.spl.quoting import name as name_text
from tocsin.spl.quoting import quoted, words


class SortKey(Written, frozen=True):
    """`mode` is auto, num, str or ip."""

    field: str
    descending: bool = False
    mode: str = "auto"


class Sort(Command, frozen=True):
    """`limit` 0 keeps all rows; `reverse` is the trailing `desc` that turns the whole order round."""

    keys: tuple[SortKey, ...]
    limit: int = 10000
    reverse: bool = False


_MODE = re.compile(r"(auto|ip|num|str)\((.*)\)", re.DOTALL)
_REVERSE = ("d", "desc")


def parse(cursor: Cursor) -> Sort:
    limit = _limit(cursor)
    cursor.skip_commas()
    refuse_option(cursor, "sort", ("limit",))
    keys: list[SortKey] = []
    reverse = False
    while not cursor.at_end():
        if keys and _reversed_at_end(cursor):
            reverse = True
        else:
            keys.append(_key(cursor))
        cursor.skip_commas()
    if not keys:
        cursor.fail(catalogue.missing_argument(cursor.span(*cursor.keyword), "sort", "a field name"))
    return Sort(tuple(keys), limit, reverse, **cursor.identity())


def _limit(cursor: Cursor) -> int:
    if option := take_option(cursor, "limit"):
        return whole(cursor, "limit", option[2])
    token = cursor.look(WORDS)
    if token is not None and token.kind == "word" and token.text.isascii() and token.text.isdigit():
        cursor.take(WORDS)
        return whole(cursor, "limit", token)
    return 10000


def _key(cursor: Cursor) -> SortKey:
    token = cursor.look(WORDS)
    key = read_key(cursor)
    if token is not None and token.text.lower() in _REVERSE and cursor.at_end():
        cursor.warn(catalogue.desc_as_field(key.span, token.text))
    return key


def _reversed_at_end(cursor: Cursor) -> bool:
    before = cursor.mark()
    if cursor.take_word(*_REVERSE) and cursor.at_end():
        return True
    cursor.rewind(before)
    return False


def read_key(cursor: Cursor) -> SortKey:
    """`-a`, `- a`, `+num(a)`: a sign holds for the one field after it."""
    start = cursor.start()
    sign = cursor.take_kind(SIGN, "sign")
    token = read_name(cursor)
    mode = _MODE.fullmatch(token.text) if token.kind == "word" else None
    name = _unquoted(mode[2].strip()) if mode else value(token)
    if not name:
        cursor.fail(catalogue.missing_argument(cursor.of(token), "sort", "a field name"))
    descending = sign is not None and sign.text == "-"
    return SortKey(name, descending, mode[1] if mode else "auto", span=cursor.since(start))


def _unquoted(name: str) -> str:
    quoted = len(name) > 1 and name[0] == name[-1] == '"'
    return value(Token("string", name, 0, 0)) if quoted else name


def to_text(command: Sort) -> str:
    return words("sort", str(command.limit), *map(key_text, command.keys), "desc" if command.reverse else "")


def key_text(key: SortKey) -> str:
    name = quoted(key.field) if _MODE.fullmatch(key.field) else name_text(key.field)
    return ("-" if key.descending else "") + (name if key.mode == "auto" else f"{key.mode}({name})")
