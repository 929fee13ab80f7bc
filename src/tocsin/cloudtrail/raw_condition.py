"""A base search over raw paths: what the scan may drop a record by before any field is computed.

The scan must never drop a record that the search matches. So a comparison with a computed field becomes
`unknown()`, which may be true of any record; where more can be said (`errorCode=AccessDenied` can only be true of a
record that holds that code itself) it becomes `unknown() and bound`, which stays sound under NOT.
"""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.cloudtrail.fields import FieldOptions, expression
from tocsin.cloudtrail.metadata import decide
from tocsin.cloudtrail.request import OFFSET, TIME
from tocsin.plan.expr import TRUE, Apply, Column, Constant, Expr, columns
from tocsin.plan.rules.constants import FALSE, fold

UNKNOWN = Apply("unknown", ())


def raw_condition(condition: Expr, options: FieldOptions) -> Expr:
    """The condition over raw paths and `_raw`. `unknown()` stands only where a condition stands, never inside one."""
    match condition:
        case Constant():
            return condition
        case Apply("not", (arg,), span=span):
            return Apply("not", (raw_condition(arg, options),), span=span)
        case Apply("and" | "or" as function, args, span=span):
            return Apply(function, tuple(raw_condition(arg, options) for arg in args), span=span)
        case _:
            return _atom(condition, options)


def _atom(atom: Expr, options: FieldOptions) -> Expr:
    paths = {name: _path(name, options) for name in set(columns(atom))}
    if None not in paths.values():
        return _renamed(atom, {name: path for name, path in paths.items() if path is not None})
    match atom:
        case Apply(function, (Column(name), Constant(str() as text))):
            computed = expression(name, options)
            return UNKNOWN if computed is None else _bounded(function, computed, text)
        case _:
            return UNKNOWN


def _path(name: str, options: FieldOptions) -> str | None:
    """The one path that a name stands for; None if it is computed."""
    match expression(name, options):
        case None:
            return name
        case Column(path) if path not in (TIME, OFFSET):
            return path
        case _:
            return None


def _renamed(expr: Expr, paths: dict[str, str]) -> Expr:
    match expr:
        case Column(name, span=span):
            return Column(paths[name], span=span)
        case Apply(function, args, span=span):
            return Apply(function, tuple(_renamed(arg, paths) for arg in args), span=span)
        case Constant():
            return expr


def _bounded(function: str, computed: Expr, text: str) -> Expr:
    either = tuple(
        fold(Apply("and", (needed, _possible(function, outcome, text)))) for needed, outcome in _outcomes(computed)
    )
    bound = fold(Apply("or", either))
    if bound == FALSE:
        return FALSE
    return UNKNOWN if bound == TRUE else Apply("and", (UNKNOWN, bound))


def _possible(function: str, outcome: Expr, text: str) -> Expr:
    """The comparison with one outcome; true where it cannot be told."""
    match outcome:
        case Constant(str() as value):
            return Constant(decide(function, value, text) is not False)
        case Column(path) if path not in (TIME, OFFSET) and function.startswith("search_"):
            return Apply(function, (outcome, Constant(text)))
        case _:
            return TRUE


def _outcomes(computed: Expr, needed: Expr = TRUE) -> Iterator[tuple[Expr, Expr]]:
    """The values that an expression chooses among, each with what is true of a record that has it.

    NULL is left out, for a comparison with it is false.
    """
    match computed:
        case Constant(None):
            pass
        case Apply("coalesce", args):
            for arg in args:
                yield from _outcomes(arg, needed)
        case Apply("if", (test, chosen, otherwise)):
            yield from _outcomes(chosen, _needed(test))
            yield from _outcomes(otherwise, needed)
        case Apply("case", pairs):
            for test, chosen in zip(pairs[::2], pairs[1::2], strict=True):
                yield from _outcomes(chosen, _needed(test))
        case _:
            yield needed, computed


def _needed(test: Expr) -> Expr:
    """What holds of the raw record wherever a test of `eval` holds, in the terms of `search`; true if unknown.

    Only for texts of letters: they are no numbers, and hold nothing that `search` reads in another way.
    """
    match test:
        case Apply("equal", (Column(path), Constant(str() as text))) if path not in (TIME, OFFSET):
            plain = text.isascii() and text.isalpha()
            return Apply("search_equal", (Column(path), Constant(text))) if plain else TRUE
        case _:
            return TRUE
