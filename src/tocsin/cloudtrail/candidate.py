"""Which records may match a base search: an over-approximation, worked out column by column.

For each condition two sets of rows can be asked for: where it may be true, and where it may be false. What is not
known here (computed fields, functions of the engine) may be both everywhere, so no matching record is ever dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

from tocsin.cloudtrail.columns import Columns
from tocsin.cloudtrail.paths import EACH
from tocsin.cloudtrail.verdict import Verdicts, always, verdicts
from tocsin.plan.expr import Apply, Column, Constant, Expr

Rows = Sequence[int]  # ascending


def may_match(condition: Expr, columns: Columns, rows: Rows) -> Rows:
    """Those of the rows for which the condition may be true."""
    return _rows(condition, columns, rows, True)


def _rows(condition: Expr, columns: Columns, rows: Rows, outcome: bool) -> Rows:
    """Those of the rows for which the condition may have the outcome."""
    match condition:
        case Constant(value):
            return [] if value is None or value is (not outcome) else rows
        case Apply("not", (arg,)):
            return _rows(arg, columns, rows, not outcome)
        case Apply("and" | "or" as function, args):
            every = (function == "and") is outcome
            return _every(args, columns, rows, outcome) if every else _any(args, columns, rows, outcome)
        case Apply("term" | "phrase", (Column("_raw"), Constant(str() as text))):
            return _holding_text(text, columns, rows) if outcome else rows
        case Apply(function, (Column(path), *rest)) if columns.has(path):
            test = verdicts(function, tuple(each.value for each in rest if isinstance(each, Constant)))
            return rows if test is None else _tested(test, path, columns, rows, outcome)
        case _:
            return rows


def _every(args: tuple[Expr, ...], columns: Columns, rows: Rows, outcome: bool) -> Rows:
    for arg in sorted(args, key=_cost):
        if rows:
            rows = _rows(arg, columns, rows, outcome)
    return rows


def _any(args: tuple[Expr, ...], columns: Columns, rows: Rows, outcome: bool) -> Rows:
    found: set[int] = set()
    for arg in sorted(args, key=_cost, reverse=True):  # what may be true everywhere spares the rest
        if len(found) < len(rows):
            found.update(_rows(arg, columns, rows, outcome))
    return rows if len(found) == len(rows) else sorted(found)


def _tested(test: Verdicts, path: str, columns: Columns, rows: Rows, outcome: bool) -> Rows:
    """A comparison is true of a record if it is true of any value, and false of one without a value."""
    if outcome:
        return _holding(test.maybe, path, columns, rows)
    surely = set(_holding(test.surely, path, columns, rows))
    return [row for row in rows if row not in surely]


def _holding(passes: Callable[[str], bool], path: str, columns: Columns, rows: Rows) -> Rows:
    if passes is always and columns.everywhere(path, rows):
        return rows
    if len(rows) < len(columns):
        return [row for row, value in zip(rows, columns.some(path, rows), strict=True) if _passes(passes, value)]
    lists = [found for value, found in columns.index(path).items() if passes(value)]
    if len(lists) == 1:
        return lists[0]
    return sorted(set().union(*lists) if EACH in path else chain.from_iterable(lists))


def _holding_text(text: str, columns: Columns, rows: Rows) -> Rows:
    """The records that hold all pieces of a word or phrase; where one ends is the engine's to say."""
    pieces = [piece.lower().encode() for piece in text.split("*") if piece.isascii()]
    return [row for row in rows if all(map(columns.text(row).lower().__contains__, pieces))]


def _passes(passes: Callable[[str], bool], value: str | list[str] | None) -> bool:
    match value:
        case None:
            return False
        case str():
            return passes(value)
        case _:
            return any(map(passes, value))


def _cost(condition: Expr) -> int:
    """Equality first: it leaves few rows to look at. The event's name tells most."""
    match condition:
        case Apply("search_equal", (Column(name), _)):
            return 0 if name == "eventName" else 1
        case Apply("exists" | "search_not_equal"):
            return 2
        case _:
            return 3
