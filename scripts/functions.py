"""Writes docs/spl/functions.md from the tables of functions and measures; `--check` says when it is stale."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tocsin.engine.sql.functions import timeformat, timeparse, zonenames
from tocsin.plan.functions import MEASURES, arithmetic, compare, conditional, convert, logic, multivalue
from tocsin.plan.functions import numbers as numbers_
from tocsin.plan.functions import text as text_
from tocsin.plan.functions import time as time_
from tocsin.plan.lower.call import CALLABLE, NOT_YET, SPECIAL
from tocsin.plan.lower.measures import ALIASES
from tocsin.spl.commands.stats import AGGREGATIONS

PAGE = Path(__file__).parents[1] / "docs" / "spl" / "functions.md"

HEAD = """\
# Functions

Written by `scripts/functions.py` from the tables in `tocsin.plan.functions`.

Functions stand in `eval`, `where`, `stats count(eval(...))` and the like; [measures](#measures) stand in `stats` and
`eventstats`. Names are read in any case. This page says what runs, and how it treats NULL; the cases in
`tests/conformance/functions` say it row by row.

- A bare word is a field, `'single quotes'` a field with other signs in its name, `"double quotes"` text.
- NULL is a missing field. `"null"` and `""` are values.
- Text that spells a number (`5`, `-0.5`, `1e3`; no blanks, no `0x1F`) takes part as a number in arithmetic and in `<`.
- A field of several values compares by any of them; in arithmetic it is NULL.
"""

# How a call is written. What an operator means has no call.
CALLS = {
    "in": "in(x, a, ...)", "like": "like(text, pattern)", "match": "match(text, regex)",
    "cidrmatch": 'cidrmatch("block", address)', "if": "if(condition, a, b)", "case": "case(condition, a, ...)",
    "validate": "validate(condition, a, ...)", "coalesce": "coalesce(a, ...)", "nullif": "nullif(a, b)",
    "isnull": "isnull(x)", "isnotnull": "isnotnull(x)", "isnum": "isnum(x)", "isint": "isint(x)",
    "isstr": "isstr(x)", "isbool": "isbool(x)", "typeof": "typeof(x)", "lower": "lower(text)",
    "upper": "upper(text)", "len": "len(text)", "substr": "substr(text, start[, length])",
    "trim": "trim(text[, characters])", "ltrim": "ltrim(text[, characters])", "rtrim": "rtrim(text[, characters])",
    "replace": "replace(text, regex, by)", "urldecode": "urldecode(text)", "spath": 'spath(json, "path")',
    "md5": "md5(text)", "sha1": "sha1(text)", "sha256": "sha256(text)", "split": "split(text, delimiter)",
    "mvindex": "mvindex(values, index[, last])", "mvcount": "mvcount(values)", "mvappend": "mvappend(a, ...)",
    "mvfind": "mvfind(values, regex)", "mvjoin": "mvjoin(values, delimiter)", "mvzip": "mvzip(a, b[, delimiter])",
    "mvdedup": "mvdedup(values)", "mvsort": "mvsort(values)", "mvreverse": "mvreverse(values)",
    "mvmap": "mvmap(field, expression)", "mvfilter": "mvfilter(condition)", "abs": "abs(x)",
    "ceiling": "ceiling(x), ceil(x)", "floor": "floor(x)", "round": "round(x[, decimals])", "sqrt": "sqrt(x)",
    "pow": "pow(x, y)", "exp": "exp(x)", "ln": "ln(x)", "log": "log(x[, base])", "min": "min(a, ...)",
    "max": "max(a, ...)", "strftime": 'strftime(time, "format")', "strptime": 'strptime(text, "format")',
    "relative_time": 'relative_time(time, "-24h@h")', "tostring": 'tostring(x[, "form"])',
    "tonumber": "tonumber(text[, base])",
}  # fmt: skip
OPERATORS = {
    "or": "a OR b", "and": "a AND b", "not": "NOT a", "xor": "a XOR b", "equal": "a=b, a==b", "not_equal": "a!=b",
    "less": "a<b", "less_equal": "a<=b", "greater": "a>b", "greater_equal": "a>=b", "add": "a+b", "subtract": "a-b",
    "multiply": "a*b", "divide": "a/b", "modulo": "a%b", "negate": "-a", "concat": "a.b",
}  # fmt: skip
CONSTANTS = {
    "null": ("null()", "NULL."),
    "true": ("true()", "The condition that always holds."),
    "false": ("false()", "The condition that never holds."),
    "now": ("now()", "The start of the search in whole epoch seconds; `--now` sets it."),
    "time": ("time()", "The start of the search with its part of a second."),
    "exact": (
        "exact(x)",
        "`x` itself: results are never cut to significant figures "
        "([digits of results](differences.md#where-the-answer-differs-on-purpose)).",
    ),
    "searchmatch": ('searchmatch("search")', "The row meets a search expression, as `search` reads it."),
}
FAMILIES = (
    ("Comparison", compare, "`LIKE` and `IN` are operators too: `a LIKE \"x%\"`, `a IN (\"x\", \"y\")`."),
    ("Choice", conditional, ""),
    ("Text", text_, "Regular expressions are RE2's: [differences](differences.md#regular-expressions)."),
    ("Several values", multivalue, ""),
    ("Numbers", numbers_, ""),
    ("Time", time_, "Zones are the searcher's, `--timezone`. [Time formats](#time-formats)."),
    ("Conversion", convert, ""),
)  # fmt: skip
DIRECTIVES = {
    "Y": "year", "y": "year, two digits", "m": "month, 01 to 12", "d": "day of the month, 01 to 31",
    "e": "day of the month, blank before one digit", "j": "day of the year, 001 to 366", "H": "hour, 00 to 23",
    "k": "hour, blank before one digit", "I": "hour, 01 to 12", "p": "AM or PM", "M": "minute", "S": "second",
    "f": "microseconds", "N": "nanoseconds; `%3N`, `%6N`, `%9N` for so many digits",
    "Q": "milliseconds; `%3Q`, `%6Q`, `%9Q` for so many digits", "b": "month's name, three letters", "h": "the same",
    "B": "month's name", "a": "weekday's name, three letters", "A": "weekday's name", "w": "weekday, 0 is Sunday",
    "u": "weekday, 1 is Monday", "U": "week of the year, from Sunday", "W": "week of the year, from Monday",
    "V": "ISO week", "G": "ISO week's year", "s": "epoch seconds", "z": "offset, `+0100`; `%:z` `+01:00`, `%::z` "
    "`+01:00:00`", "Z": "zone's abbreviation", "F": "`%Y-%m-%d`", "T": "`%H:%M:%S`", "R": "`%H:%M`",
    "D": "`%m/%d/%y`", "x": "`%m/%d/%y`", "X": "`%H:%M:%S`", "c": "`%a %b %e %H:%M:%S %Y`",
    "+": "`%a %b %e %H:%M:%S %Z %Y`", "%": "a percent sign",
}  # fmt: skip
OPERATORS_TEXT = """\
## Operators

From loosest to tightest: `XOR`; `OR`; `AND`; `NOT`; comparison; `+`, `-` and `.`; `*`, `/` and `%`; the sign. `NOT`
takes the comparison after it.
"""
FORMATS = """\
## Time formats

`strftime` and `ctime` write these; any other directive is refused. Months and weekdays are English.
"""
READING = """\
`strptime` and `mktime` read {codes}, and those that are made of them.
The format must hold a whole date, or be `%s`; what follows in the text does not matter. Without an offset the text is
read in the searcher's zone. `%Z` knows what the searcher's zone calls itself, and besides {zones}; any other
abbreviation gives NULL.
"""
NOT_YET_TEXT = """\
## Not yet

SPL has these functions too. They are read, and refused as `unsupported-function`.
"""
MEASURES_TEXT = """\
## Measures

NULL is ignored everywhere. A field of several values counts value by value.
"""


def text() -> str:
    """The page as the tables are now."""
    operators = [(OPERATORS[each.name], each.doc) for family in (logic, compare, arithmetic) for each in family.TABLE
                 if each.name in OPERATORS]  # fmt: skip
    parts = [
        HEAD,
        OPERATORS_TEXT,
        _table("operator", operators),
        *(part for family in FAMILIES for part in _family(*family)),
        "## Constants and others\n",
        _table("call", [CONSTANTS[name] for name in SPECIAL]),
        FORMATS,
        _table("directive", [(f"%{code}", meaning) for code, meaning in DIRECTIVES.items()]),
        READING.format(
            codes=", ".join(f"`%{code}`" for code in timeparse._SHAPES if code not in timeformat.SHORT),
            zones=", ".join(f"`{name}`" for name in zonenames.KNOWN),
        ),
        NOT_YET_TEXT,
        f"{_words(NOT_YET)}\n",
        MEASURES_TEXT,
        _table("measure", [(_measure(each.name), each.doc) for each in MEASURES.values()]),
        f"Refused: {_words(_refused())}, `exactperc95`, `upperperc95`.\n",
    ]
    return "\n".join(parts)


def _family(title: str, family: object, remark: str) -> Iterator[str]:
    rows = [(CALLS[each.name], each.doc) for each in family.TABLE if each.name in CALLABLE]  # type: ignore[attr-defined]
    yield f"## {title}\n"
    if remark:
        yield f"{remark}\n"
    yield _table("call", rows)


def _measure(name: str) -> str:
    if name == "perc":
        return "perc95(x), p95(x)"
    other = [alias for alias, meant in ALIASES.items() if meant == name]
    return ", ".join(f"{each}(x)" for each in (name, *other))


def _refused() -> list[str]:
    return [each for each in AGGREGATIONS if each not in MEASURES and each not in ALIASES]


def _table(title: str, rows: Iterable[tuple[str, str]]) -> str:
    lines = (f"| {_code(left)} | {right.replace('|', chr(92) + '|')} |" for left, right in rows)
    return "\n".join((f"| {title} | |", "|---|---|", *lines, ""))


def _code(calls: str) -> str:
    """Each of several ways to write it in its own quotes; a comma between two calls stands after a parenthesis."""
    return ", ".join(f"`{each}`" for each in calls.replace("), ", ")\n").replace("a=b, ", "a=b\n").split("\n"))


def _words(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def unknown() -> set[str]:
    """Names that the tables have and this page cannot write, or the other way round."""
    directives = set(timeformat.OWN | timeformat.SHORT.keys() | timeformat.LONG.keys() | timeformat.FRACTION.keys())
    plain = {code.lstrip("0123456789:") for code in (*directives, *timeformat._SPECIAL, "%")}
    return set(CALLABLE ^ CALLS.keys()) | (SPECIAL.keys() ^ CONSTANTS.keys()) | (plain ^ DIRECTIVES.keys())


def main() -> int:
    """Write the page, or compare it."""
    if "--check" in sys.argv:
        return int(not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text())
    PAGE.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
