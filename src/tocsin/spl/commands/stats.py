"""`stats`: aggregate rows, in groups if there is a BY clause."""

from __future__ import annotations

import re

from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.spl.ast import Command, Expr, Written
from tocsin.spl.cursor import Cursor
from tocsin.spl.eval_expression import read_expression
from tocsin.spl.lexer import WORDS, Token, value
from tocsin.spl.names import read_name, read_names, read_renamed
from tocsin.spl.options import refuse_option, take_option, truth
from tocsin.spl.quoting import flag, words
from tocsin.spl.quoting import name as name_text


class Aggregation(Written, frozen=True):
    """`function(argument) AS name`.

    `function` is in lower case, aliases kept as written (`c`, `distinct_count`). `argument` is None for a
    bare `count`, a field name or wildcard pattern as text, or an expression for `count(eval(...))`.
    `name` is None where there is no AS; `default_name` is then the column's name: the text as written.
    """

    function: str
    argument: str | Expr | None
    name: str | None
    default_name: str


class ByField(Written, frozen=True):
    name: str


class Stats(Command, frozen=True):
    aggregations: tuple[Aggregation, ...]
    by: tuple[ByField, ...] = ()
    dedup_splitvals: bool = False


_NAMES = """
avg c count dc distinct_count earliest earliest_time estdc estdc_error first last latest latest_time list max mean
median min mode per_day per_hour per_minute per_second range rate rate_avg rate_sum sparkline stdev stdevp sum
sumsq values var varp
"""
AGGREGATIONS = tuple(_NAMES.split())
_PERCENTILE = re.compile(r"(?:exact|upper)?perc\d+(?:\.\d+)?|p\d+(?:\.\d+)?")
_BARE = ("count", "c")


def parse(cursor: Cursor) -> Stats:
    splitvals = False
    aggregations: list[Aggregation] = []
    by: tuple[ByField, ...] = ()
    while not cursor.at_end():
        if option := take_option(cursor, "dedup_splitvals"):
            splitvals = truth(cursor, "dedup_splitvals", option[2])
        elif by or not _skip_idle_option(cursor):
            refuse_option(cursor, "stats", ("allnum", "delim", "partitions", "dedup_splitvals"), ("delim",))
            by = read_by(cursor, "dedup_splitvals") or _more(cursor, aggregations)
    require_aggregations(cursor, "stats", aggregations)
    return Stats(tuple(aggregations), by, splitvals, **cursor.identity())


def _more(cursor: Cursor, aggregations: list[Aggregation]) -> tuple[ByField, ...]:
    aggregations.append(read_aggregation(cursor))
    cursor.skip_commas()
    return ()


def _skip_idle_option(cursor: Cursor) -> bool:
    """`partitions` changes no answer, and neither does `allnum=false`, the default."""
    option = take_option(cursor, "partitions", "allnum")
    if option is not None and option[0] == "allnum" and truth(cursor, "allnum", option[2]):
        cursor.fail(catalogue.unsupported_option(cursor.of(option[1]), "stats", "allnum"))
    return option is not None


def require_aggregations(cursor: Cursor, command: str, found: list[Aggregation]) -> None:
    if not found:
        cursor.fail(catalogue.missing_argument(cursor.span(*cursor.keyword), command, "an aggregation"))


def read_by(cursor: Cursor, *options: str) -> tuple[ByField, ...]:
    """The fields after `BY`, up to the end or to one of the options; empty if there is no BY here."""
    word = cursor.take_word("by")
    if word is None:
        return ()
    fields = [ByField(value(token), span=cursor.of(token)) for token in read_names(cursor, *options)]
    if not fields:
        cursor.fail(catalogue.missing_argument(cursor.of(word), "by", "a field name"))
    return tuple(fields)


def read_aggregation(cursor: Cursor) -> Aggregation:
    """`count`, `dc(user) AS users`, `count(eval(a > 1))`."""
    function = cursor.expect(WORDS, "word", "an aggregation")
    name = function.text.lower()
    if name not in AGGREGATIONS and not _PERCENTILE.fullmatch(name):
        cursor.fail(catalogue.unknown_aggregation(cursor.of(function), function.text, AGGREGATIONS))
    if name == "sparkline":
        cursor.fail(catalogue.unsupported_aggregation(cursor.of(function), name))
    argument, written = _argument(cursor, function)
    if argument is None and name not in _BARE:
        cursor.fail(catalogue.aggregation_without_field(cursor.of(function), name))
    name_given = read_renamed(cursor)
    default_name = f"{function.text}({written})" if written else function.text
    span = cursor.since(function.start)
    return Aggregation(name, argument, name_given, default_name, span=span)


def _argument(cursor: Cursor, function: Token) -> tuple[str | Expr | None, str]:
    """What stands in parentheses, and its text in the column's default name."""
    opening = cursor.take_kind(WORDS, "open") if cursor.touches(function, "(") else None
    if opening is None or cursor.take_kind(WORDS, "close"):
        return None, ""
    argument: str | Expr
    word = cursor.take_word("eval")
    inside = cursor.take_kind(WORDS, "open") if word else None
    if inside is not None:
        argument = read_expression(cursor)
        _close(cursor, inside)
        written = cursor.reading.text[opening.end : cursor.done]
    else:
        argument = written = word.text if word else value(read_name(cursor))
    _close(cursor, opening)
    return argument, written.strip()


def _close(cursor: Cursor, opening: Token) -> None:
    if cursor.take_kind(WORDS, "close") is None:
        if cursor.at_end():
            cursor.fail(catalogue.unclosed_parenthesis(cursor.of(opening)))
        cursor.fail_unexpected("`)`")


def to_text(command: Stats) -> str:
    splitvals = flag("dedup_splitvals", command.dedup_splitvals)
    return words("stats", *map(aggregation_text, command.aggregations), by_text(command.by), splitvals)


def aggregation_text(aggregation: Aggregation) -> str:
    renamed = f" AS {name_text(aggregation.name)}" if aggregation.name is not None else ""
    if isinstance(aggregation.argument, str):
        function = aggregation.default_name.partition("(")[0]
        return f"{function}({name_text(aggregation.argument)}){renamed}"
    return aggregation.default_name + renamed


def by_text(by: tuple[ByField, ...]) -> str:
    return words("BY", *(name_text(each.name) for each in by)) if by else ""
