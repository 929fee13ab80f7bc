"""What options say: truths, whole numbers, and the refusal of options that a command does not have."""

from __future__ import annotations

from typing import NoReturn

from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.spl.cursor import Cursor
from tocsin.spl.lexer import Token, value

_TRUTHS = {"t": True, "true": True, "1": True, "f": False, "false": False, "0": False}
_MOST_DIGITS = 18


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


def refuse_option(cursor: Cursor, command: str, known: tuple[str, ...], unsupported: tuple[str, ...] = ()) -> None:
    """Fail if an option stands here: it is none that the command takes, or one that does not run."""
    before = cursor.at
    found = cursor.option()
    if found is None:
        return
    name, token, _ = found
    cursor.at = before
    _refuse(cursor, command, name, token, known, unsupported)


def _refuse(
    cursor: Cursor, command: str, name: str, token: Token, known: tuple[str, ...], unsupported: tuple[str, ...]
) -> NoReturn:
    if name in unsupported:
        cursor.fail(catalogue.unsupported_option(cursor.of(token), command, name))
    cursor.fail(catalogue.unknown_option(cursor.of(token), command, name, known))
