"""Reads search expressions: what `search` keeps.

From loose to tight: AND (written or implied), OR, NOT. So `a b OR c d` is `a AND (b OR c) AND d`. These words
count in upper case only. Blanks around a comparison's sign are allowed; the right side is always literal text.
"""

from __future__ import annotations

import re

from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.spl.ast import And, Comparison, InList, Not, Or, Pattern, SearchExpr, Term, TimeModifier
from tocsin.spl.cursor import Cursor
from tocsin.spl.lexer import SEARCH, SEARCH_ITEM, SEARCH_VALUE, Token, search_value

_TIMES = """
earliest latest index_earliest index_latest _index_earliest _index_latest starttime endtime starttimeu endtimeu
startminutesago starthoursago startdaysago startmonthsago endminutesago endhoursago enddaysago endmonthsago
minutesago hoursago daysago monthsago searchtimespanminutes searchtimespanhours searchtimespandays
searchtimespanmonths timeformat
"""
TIME_MODIFIERS = frozenset(_TIMES.split())
# Commands that filter macros hold; as a word in a search they come from a macro that was called without a pipe.
_FILTERS = ("search", "where", "lookup", "regex", "dedup", "eval")
CONNECTIVES = ("AND", "OR", "NOT")

_INDEXED = re.compile(r"([A-Za-z_]\w*)::(?=[^:])(.*)", re.DOTALL)


def read_search(cursor: Cursor) -> SearchExpr | None:
    """Everything up to the end of the command; None if there is nothing."""
    if cursor.at_end():
        return None
    expression = _conjunction(cursor)
    if not cursor.at_end():
        cursor.fail_unexpected("a term", SEARCH)
    return expression


def _conjunction(cursor: Cursor) -> SearchExpr:
    start = cursor.start()
    items = [_disjunction(cursor)]
    while not _ends(cursor):
        _take_connective(cursor, "AND")
        items.append(_disjunction(cursor))
    return items[0] if len(items) == 1 else And(tuple(items), span=cursor.since(start))


def _disjunction(cursor: Cursor) -> SearchExpr:
    start = cursor.start()
    items = [_negation(cursor)]
    while _take_connective(cursor, "OR"):
        items.append(_negation(cursor))
    return items[0] if len(items) == 1 else Or(tuple(items), span=cursor.since(start))


def _negation(cursor: Cursor) -> SearchExpr:
    token = _take_connective(cursor, "NOT")
    if token is None:
        return _primary(cursor)
    with cursor.nested(token):
        return Not(_negation(cursor), span=cursor.since(token.start))


def _ends(cursor: Cursor) -> bool:
    token = cursor.look(SEARCH)
    return token is None or token.kind == "close"


def _take_connective(cursor: Cursor, word: str) -> Token | None:
    token = cursor.look(SEARCH)
    if token is None or token.kind != "word" or token.text != word:
        return None
    return cursor.take(SEARCH)


def _primary(cursor: Cursor) -> SearchExpr:
    token = cursor.look(SEARCH)
    if token is None:
        cursor.fail(catalogue.unexpected_end(cursor.span(cursor.end, cursor.end), "a term"))
    if token.kind == "open":
        return _group(cursor)
    if token.kind == "bracket":
        return cursor.subsearch()
    if token.kind not in ("string", "word") or token.text in (*CONNECTIVES, "IN"):
        cursor.fail(catalogue.unexpected_token(cursor.of(token), token.text, "a term"))
    return _term(cursor)


def _group(cursor: Cursor) -> SearchExpr:
    opening = cursor.expect(SEARCH, "open", "`(`")
    with cursor.nested(opening):
        inside = _conjunction(cursor)
    if cursor.take_kind(SEARCH, "close") is None:
        cursor.fail(catalogue.unclosed_parenthesis(cursor.of(opening)))
    return inside


def _term(cursor: Cursor) -> SearchExpr:
    """A comparison if a sign or IN follows the word, else something to look for."""
    token = _take_whole(cursor, SEARCH)
    if cursor.looks_at(SEARCH, "op"):
        return _comparison(cursor, token)
    if _list_follows(cursor):
        return _in_list(cursor, token)
    if token.kind == "word":
        return _word(cursor, token)
    return Term(search_value(token), quoted=True, span=cursor.of(token))


def _take_whole(cursor: Cursor, pattern: re.Pattern[str]) -> Token:
    """A word or a string; text that touches a closing or opening quote is a term of its own, which may surprise."""
    token = cursor.take_kind(pattern, "word", "string")
    if token is None:
        cursor.fail_unexpected("a term", pattern)
    if token.kind == "word" and token.text.startswith("'"):
        cursor.warn(catalogue.single_quotes(cursor.of(token), token.text))
    after = cursor.reading.text[token.end : min(token.end + 1, cursor.end)]
    if after == '"' or (token.kind == "string" and after and not after.isspace() and after not in "()[],=<>!"):
        cursor.warn(catalogue.glued_terms(cursor.span(token.end, token.end + 1)))
    return token


def _comparison(cursor: Cursor, token: Token) -> SearchExpr:
    sign = cursor.expect(SEARCH, "op", "a comparison")
    given = cursor.look(SEARCH_VALUE)
    if given is None or given.kind in ("close", "odd"):
        cursor.fail(catalogue.missing_value(cursor.of(sign), token.text))
    if given.kind == "bracket":
        cursor.fail(catalogue.subsearch_as_value(cursor.subsearch().span))
    if given.kind == "open":
        cursor.fail(catalogue.grouped_values(cursor.of(given), search_value(token)))
    if sign.text == "==":
        cursor.warn(catalogue.double_equals(cursor.of(sign)))
    given = _take_whole(cursor, SEARCH_VALUE)
    op = "=" if sign.text == "==" else sign.text
    if op == "=" and token.kind == "word" and token.text in TIME_MODIFIERS:
        _skip_call_of_now(cursor, given)
        return TimeModifier(token.text, search_value(given), span=cursor.since(token.start))
    if given.kind == "word" and cursor.touches(given, "("):
        cursor.fail(catalogue.function_in_search(cursor.of(given), given.text))
    if given.kind == "word" and given.text.endswith(","):
        cursor.warn(catalogue.comma_in_value(cursor.of(given), given.text))
    return Comparison(search_value(token), op, _pattern(cursor, given), span=cursor.since(token.start))


def _skip_call_of_now(cursor: Cursor, given: Token) -> None:
    """`latest=now()` is the one call that Splunk allows here; it says no more than `now`."""
    if given.text == "now" and cursor.touches(given, "()"):
        cursor.move(given.end + 2)


def _pattern(cursor: Cursor, token: Token) -> Pattern:
    return Pattern(search_value(token), quoted=token.kind == "string", span=cursor.of(token))


def _list_follows(cursor: Cursor) -> bool:
    before = cursor.mark()
    found = cursor.take_word("in", pattern=SEARCH) is not None and cursor.looks_at(SEARCH, "open")
    cursor.rewind(before)
    return found


def _in_list(cursor: Cursor, token: Token) -> InList:
    operator = cursor.expect(SEARCH, "word", "`IN`")
    if operator.text != "IN":
        cursor.warn(catalogue.lowercase_in(cursor.of(operator), operator.text))
    opening = cursor.expect(SEARCH, "open", "`(`")
    patterns: list[Pattern] = []
    while not cursor.take_kind(SEARCH_ITEM, "close"):
        if cursor.at_end():
            cursor.fail(catalogue.unclosed_parenthesis(cursor.of(opening)))
        if not cursor.take_kind(SEARCH_ITEM, "comma"):
            patterns.append(_pattern(cursor, _take_whole(cursor, SEARCH_ITEM)))
    if not patterns:
        cursor.fail(catalogue.empty_list(cursor.since(opening.start)))
    return InList(search_value(token), tuple(patterns), span=cursor.since(token.start))


def _word(cursor: Cursor, token: Token) -> SearchExpr:
    if token.text in ("TERM", "CASE") and cursor.touches(token, "("):
        return _directive(cursor, token)
    indexed = _INDEXED.fullmatch(token.text)
    if indexed is not None:
        value = Token("word", indexed[2], token.start + indexed.start(2), token.end)
        return Comparison(indexed[1], "=", _pattern(cursor, value), span=cursor.of(token))
    _warn_about_word(cursor, token)
    return Term(search_value(token), span=cursor.of(token))


def _directive(cursor: Cursor, token: Token) -> Term:
    """`TERM(10.0.0.1)`: one token of the index, which a bare word is for us already."""
    if token.text == "CASE":
        cursor.fail(catalogue.unsupported_directive(cursor.of(token), token.text))
    opening = cursor.expect(SEARCH, "open", "`(`")
    inside = cursor.take_kind(SEARCH_VALUE, "word", "string")
    if inside is None or cursor.take_kind(SEARCH, "close") is None:
        cursor.fail(catalogue.unclosed_parenthesis(cursor.of(opening)))
    return Term(search_value(inside), span=cursor.since(token.start))


def _warn_about_word(cursor: Cursor, token: Token) -> None:
    lower = token.text.lower()
    if lower in ("and", "or", "not", "xor"):
        cursor.warn(catalogue.lowercase_operator(cursor.of(token), token.text))
    elif lower in _FILTERS and cursor.of(token).macro is not None:
        cursor.warn(catalogue.command_in_search(cursor.of(token), token.text))
