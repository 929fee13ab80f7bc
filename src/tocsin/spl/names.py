"""Reads what most commands are made of: the names of fields, and what AS calls them."""

from __future__ import annotations

from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.spl.cursor import Cursor
from tocsin.spl.lexer import PARENTHESES, WORDS, Token, value


def read_name(cursor: Cursor, wanted: str = "a field name") -> Token:
    """A field name: a string, or a word with the parentheses that touch it (`count(x)`)."""
    token = cursor.take_kind(WORDS, "word", "string")
    if token is None:
        cursor.fail_unexpected(wanted, WORDS)
    if token.kind == "word" and cursor.touches(token, "("):
        return _with_parentheses(cursor, token)
    if token.kind == "word" and token.text.startswith("'"):
        cursor.warn(catalogue.single_quotes(cursor.of(token), token.text))
    return token


def _with_parentheses(cursor: Cursor, token: Token) -> Token:
    depth = 0
    text = cursor.reading.text
    for match in PARENTHESES.finditer(text, token.end, cursor.end):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if depth == 0:
            cursor.move(match.end())
            return Token("word", text[token.start : cursor.at], token.start, cursor.at)
    return cursor.fail(catalogue.unclosed_parenthesis(cursor.span(token.end, token.end + 1)))


def read_names(cursor: Cursor, *stops: str) -> list[Token]:
    """Field names between blanks or commas, up to the end or to one of the words `stops`."""
    found: list[Token] = []
    cursor.skip_commas()
    while not cursor.at_end() and not cursor.looks_at_word(*stops):
        found.append(read_name(cursor))
        cursor.skip_commas()
    return found


def read_renamed(cursor: Cursor) -> str | None:
    """The name after `AS`; None if there is no AS here."""
    return value(read_name(cursor, "a name after `AS`")) if cursor.take_word("as") else None


def read_string_or_rest(cursor: Cursor) -> Token:
    """A string, or without quotes everything up to the command's end."""
    token = cursor.take_kind(WORDS, "string")
    if token is None:
        cursor.at_end()
        token = Token("word", cursor.reading.text[cursor.at : cursor.end], cursor.at, cursor.end)
        cursor.move(cursor.end)
    return token


def values(tokens: list[Token]) -> tuple[str, ...]:
    return tuple(value(token) for token in tokens)
