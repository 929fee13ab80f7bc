"""Reads options, `name=value`: truths, whole numbers, parts of names; refuses those that a command does not have."""

from __future__ import annotations

from typing import NoReturn

from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.spl.cursor import Cursor
from tocsin.spl.lexer import OPTION_VALUE, WORDS, Token, value

_TRUTHS = {"t": True, "true": True, "1": True, "f": False, "false": False, "0": False}
_MOST_DIGITS = 18


def take_option(cursor: Cursor, *names: str) -> tuple[str, Token, Token] | None:
    """`name=value` if the next word is one of `names` (any, if none are given): name, its token, the value."""
    before = cursor.mark()
    name = cursor.take_kind(WORDS, "word")
    sign = cursor.take_kind(WORDS, "op") if name else None
    if name is None or sign is None or sign.text != "=" or (names and name.text.lower() not in names):
        cursor.rewind(before)
        return None
    given = cursor.take_kind(OPTION_VALUE, "word", "string")
    if given is None:
        cursor.fail(catalogue.missing_value(cursor.here(), name.text))
    return name.text.lower(), name, given


def looks_at_option(cursor: Cursor, *names: str) -> bool:
    before = cursor.mark()
    found = cursor.take_word(*names) is not None and cursor.looks_at(WORDS, "op")
    cursor.rewind(before)
    return found


def truth(cursor: Cursor, option: str, given: Token) -> bool:
    """`t`, `true`, `1` or `f`, `false`, `0`, in any case."""
    said = _TRUTHS.get(value(given).lower())
    if said is None:
        cursor.fail(catalogue.bad_option(cursor.of(given), option, "true or false"))
    return said


def whole(cursor: Cursor, option: str, given: Token, least: int = 0) -> int:
    """A whole number that is not less than `least`."""
    text = value(given)
    if not (text.isascii() and text.isdigit()) or len(text) > _MOST_DIGITS or int(text) < least:
        cursor.fail(catalogue.bad_option(cursor.of(given), option, f"a whole number from {least}"))
    return int(text)


def plain(cursor: Cursor, option: str, given: Token) -> str:
    """A text that becomes part of field names, and so holds no wildcard."""
    text = value(given)
    if "*" in text:
        cursor.fail(catalogue.bad_option(cursor.of(given), option, "a text without `*`"))
    return text


def refuse_option(cursor: Cursor, command: str, known: tuple[str, ...], unsupported: tuple[str, ...] = ()) -> None:
    """Fail if an option stands here: it is none that the command takes, or one that does not run."""
    before = cursor.mark()
    found = take_option(cursor)
    if found is None:
        return
    name, token, _ = found
    cursor.rewind(before)
    _refuse(cursor, command, name, token, known, unsupported)


def _refuse(
    cursor: Cursor, command: str, name: str, token: Token, known: tuple[str, ...], unsupported: tuple[str, ...]
) -> NoReturn:
    if name in unsupported:
        cursor.fail(catalogue.unsupported_option(cursor.of(token), command, name))
    cursor.fail(catalogue.unknown_option(cursor.of(token), command, name, known))
