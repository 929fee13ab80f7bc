"""`dedup`: the first rows of each combination of values."""

from __future__ import annotations

import re

from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.spl.ast import Command
from tocsin.spl.commands.sort import SortKey, key_text, read_key
from tocsin.spl.cursor import Cursor
from tocsin.spl.lexer import WORDS, value
from tocsin.spl.names import read_name
from tocsin.spl.options import looks_at_option, refuse_option, take_option, truth, whole
from tocsin.spl.quoting import flag, name, words


class Dedup(Command, frozen=True):
    fields: tuple[str, ...]
    limit: int = 1
    keepevents: bool = False
    keepempty: bool = False
    consecutive: bool = False
    sortby: tuple[SortKey, ...] = ()


_NUMBER = re.compile(r"[+-]?[0-9]+")
_FLAGS = ("keepevents", "keepempty", "consecutive")


def parse(cursor: Cursor) -> Dedup:
    limit = _limit(cursor)
    flags = dict.fromkeys(_FLAGS, False)
    fields: list[str] = []
    sortby: list[SortKey] = []
    cursor.skip_commas()
    while not cursor.at_end():
        if option := take_option(cursor, *_FLAGS):
            flags[option[0]] = truth(cursor, option[0], option[2])
        elif cursor.take_word("sortby"):
            sortby += _keys(cursor)
        else:
            refuse_option(cursor, "dedup", _FLAGS)
            fields.append(value(read_name(cursor)))
        cursor.skip_commas()
    if not fields:
        cursor.fail(catalogue.missing_argument(cursor.span(*cursor.keyword), "dedup", "a field name"))
    return Dedup(
        tuple(fields),
        limit,
        flags["keepevents"],
        flags["keepempty"],
        flags["consecutive"],
        tuple(sortby),
        **cursor.identity(),
    )


def _limit(cursor: Cursor) -> int:
    token = cursor.look(WORDS)
    if token is None or token.kind != "word" or not _NUMBER.fullmatch(token.text):
        return 1
    cursor.take(WORDS)
    return whole(cursor, "dedup", token, least=1)


def _keys(cursor: Cursor) -> list[SortKey]:
    """The keys after `sortby`, up to the end or the next option."""
    keys = [read_key(cursor)]
    cursor.skip_commas()
    while not cursor.at_end() and not looks_at_option(cursor, *_FLAGS):
        keys.append(read_key(cursor))
        cursor.skip_commas()
    return keys


def to_text(command: Dedup) -> str:
    return words(
        "dedup",
        str(command.limit) if command.limit != 1 else "",
        *map(name, command.fields),
        *(flag(each, getattr(command, each)) for each in _FLAGS),
        "sortby" if command.sortby else "",
        *map(key_text, command.sortby),
    )
