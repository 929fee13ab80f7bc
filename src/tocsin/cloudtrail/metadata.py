"""Comparisons that need no record: with the constants that stand for an index's metadata, and with `index` itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tocsin.cloudtrail.fields import expression
from tocsin.diagnostics import Diagnostic
from tocsin.diagnostics.catalogue.records import index_ignored, matches_nothing
from tocsin.plan import wildcard
from tocsin.plan.expr import TRUE, Apply, Column, Constant, Expr, columns
from tocsin.plan.rules.constants import fold as fold_constants

LOGIC = frozenset({"and", "or", "not"})


def fold(condition: Expr) -> Expr:
    """The condition with what is known beforehand decided, over the same fields.

    `Constant(False)` means that no record can match: the search asks for another source type. A comparison with
    `index` is not looked at, under NOT as well: files have no index.

    >>> fold(Apply("search_equal", (Column("sourcetype"), Constant("aws:cloudtrail:lake"))))
    Constant(value=False)
    """
    decided = _decided(condition, positive=True)
    return TRUE if decided is None else fold_constants(decided)


def index_warnings(condition: Expr) -> tuple[Diagnostic, ...]:
    """A warning for each comparison with `index` that asks for a certain index and is not looked at."""
    asked = (atom for atom, _ in _signed(condition) if _ignored(atom) and atom.function != "exists")
    return tuple(index_ignored(atom.span) for atom in asked)


def impossible_warnings(condition: Expr) -> tuple[Diagnostic, ...]:
    """A warning at each comparison for which no record can match; none if some may."""
    if fold(condition) != Constant(False):
        return ()
    culprits = [atom for atom, wanted in _signed(condition) if not _ignored(atom) and _known(atom) is (not wanted)]
    if not culprits:
        return (matches_nothing("", "", condition.span),)
    return tuple(matches_nothing(name, _constant(name) or "", atom.span) for atom in culprits for name in columns(atom))


def _decided(condition: Expr, *, positive: bool) -> Expr | None:
    """The condition with constants for the comparisons that are decided; None if it only asks for an index.

    What asks for an index is left out of `and`, and of `or` under NOT; any other `or` it makes true.
    """
    match condition:
        case Apply("not", (arg,), span=span):
            inner = _decided(arg, positive=not positive)
            return None if inner is None else Apply("not", (inner,), span=span)
        case Apply("and" | "or" as function, args, span=span):
            found = tuple(_decided(arg, positive=positive) for arg in args)
            kept = tuple(each for each in found if each is not None)
            decides = function == "or" and positive and len(kept) < len(found)
            return None if decides or not kept else Apply(function, kept, span=span)
        case Apply() if _ignored(condition):
            return None
        case _:
            known = _known(condition)
            return condition if known is None else Constant(known)


def decide(function: str, value: str, pattern: str) -> bool | None:
    """A `search` comparison of a known text; None if it takes an engine to tell.

    >>> decide("search_equal", "aws:cloudtrail", "AWS:*")
    True
    """
    match function:
        case "search_equal":
            return _pattern(pattern).fullmatch(value) is not None
        case "search_not_equal":
            return _pattern(pattern).fullmatch(value) is None
        case _:
            return None


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(wildcard.expression(text), re.IGNORECASE | re.ASCII | re.DOTALL)


def _known(atom: Expr) -> bool | None:
    match atom:
        case Apply("exists", (Column(name),)):
            return True if _constant(name) is not None else None
        case Apply(function, (Column(name), Constant(str() as pattern))):
            value = _constant(name)
            return None if value is None else decide(function, value, pattern)
        case _:
            return None


def _constant(name: str) -> str | None:
    match expression(name):
        case Constant(str() as value):
            return value
        case _:
            return None


def _signed(condition: Expr, *, wanted: bool = True) -> Iterator[tuple[Apply, bool]]:
    """The comparisons of a condition, each with the outcome that is wanted of it: False under NOT."""
    match condition:
        case Apply(function, args) if function in LOGIC:
            for arg in args:
                yield from _signed(arg, wanted=wanted is not (function == "not"))
        case Apply():
            yield condition, wanted
        case _:
            pass


def _ignored(atom: Apply) -> bool:
    return set(columns(atom)) == {"index"}
