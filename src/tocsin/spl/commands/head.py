"""`head`: the first rows."""

from __future__ import annotations

from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.spl.ast import Command, Expr
from tocsin.spl.cursor import Cursor
from tocsin.spl.eval_expression import read_expression
from tocsin.spl.eval_text import expression_text
from tocsin.spl.lexer import WORDS, Token
from tocsin.spl.options import refuse_option, take_option, truth, whole
from tocsin.spl.quoting import flag, words


class Head(Command, frozen=True):
    """The first `limit` rows, or the rows before `condition` first fails (then `limit` bounds it if given)."""

    limit: int | None = 10
    condition: Expr | None = None
    keeplast: bool = False
    null: bool = False


def parse(cursor: Cursor) -> Head:
    limit: int | None = None
    condition: Expr | None = None
    flags = {"keeplast": False, "null": False}
    while not cursor.at_end():
        if option := take_option(cursor, "limit", "keeplast", "null"):
            name, _, given = option
            if name == "limit":
                limit = _limit(cursor, given, limit)
            else:
                flags[name] = truth(cursor, name, given)
        elif condition is None and cursor.looks_at(WORDS, "open"):
            condition = read_expression(cursor)
        else:
            refuse_option(cursor, "head", ("limit", "keeplast", "null"))
            limit = _limit(cursor, _count(cursor), limit)
    if limit is None and condition is None:
        limit = 10
    return Head(limit, condition, flags["keeplast"], flags["null"], **cursor.identity())


def _count(cursor: Cursor) -> Token:
    token = cursor.expect(WORDS, "word", "a number of rows")
    if not token.text.lstrip("+-").isdigit():
        cursor.fail(catalogue.unexpected_token(cursor.of(token), token.text, "a number of rows or `(condition)`"))
    return token


def _limit(cursor: Cursor, given: Token, before: int | None) -> int:
    """There is one number of rows."""
    if before is not None:
        cursor.fail(catalogue.unexpected_token(cursor.of(given), given.text, "`(condition)` or an option"))
    return whole(cursor, "limit", given)


def to_text(command: Head) -> str:
    return words(
        "head",
        str(command.limit) if command.limit is not None else "",
        flag("keeplast", command.keeplast),
        flag("null", command.null),
        f"({expression_text(command.condition)})" if command.condition is not None else "",
    )
