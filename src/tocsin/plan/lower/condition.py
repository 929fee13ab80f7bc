"""Search expressions to plan expressions: literal patterns, case-insensitive, two-valued.

A comparison with a missing field is false, never NULL; `f!=v` needs the field, `NOT f=v` does not.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from msgspec import Struct

from tocsin.diagnostics.catalogue import plan as catalogue
from tocsin.plan.expr import TRUE, Apply, Column, Constant, Expr
from tocsin.plan.lower.context import Context, Lowering
from tocsin.plan.moments import BadMomentError, parse_moment
from tocsin.source import Span
from tocsin.spl.ast import And, Comparison, InList, Not, Or, SearchExpr, Subsearch, Term, TimeModifier

OPERATORS = {
    "=": "search_equal",
    "!=": "search_not_equal",
    "<": "search_less",
    "<=": "search_less_equal",
    ">": "search_greater",
    ">=": "search_greater_equal",
}

# Older spellings of `earliest` and `latest`, and the unit that they count in.
AGO = {
    "startminutesago": ("earliest", "m"),
    "starthoursago": ("earliest", "h"),
    "startdaysago": ("earliest", "d"),
    "endminutesago": ("latest", "m"),
    "endhoursago": ("latest", "h"),
    "enddaysago": ("latest", "d"),
}


class Modifiers(Struct, frozen=True):
    """The time modifiers of a search, in the relative grammar as written; None where there is none."""

    earliest: str | None = None
    latest: str | None = None


def lower_search(expression: SearchExpr | None, context: Context) -> tuple[Expr, Modifiers]:
    """The condition and the time modifiers of a first search. Raises CompileError with every problem."""
    lowering = Lowering(context)
    lowered = leading_condition(expression, lowering)
    lowering.finish()
    return lowered


def leading_condition(expression: SearchExpr | None, lowering: Lowering) -> tuple[Expr, Modifiers]:
    """Like `lower_search`, with problems collected. Of several modifiers of one end the last one holds."""
    moments: dict[str, str] = {}
    rest: list[SearchExpr] = []
    for item in _flat(expression):
        if isinstance(item, TimeModifier):
            moments.update(_moment(item, lowering))
        else:
            rest.append(item)
    conditions = tuple(condition(item, lowering) for item in rest)
    return all_of(conditions), Modifiers(moments.get("earliest"), moments.get("latest"))


def condition(expression: SearchExpr | None, lowering: Lowering) -> Expr:
    """The condition of a search expression in which no time modifier may stand."""
    match expression:
        case None:
            return TRUE
        case And(items):
            return all_of(tuple(condition(item, lowering) for item in items))
        case Or(items, span=span):
            return Apply("or", tuple(condition(item, lowering) for item in items), span=span)
        case Not(item, span=span):
            return Apply("not", (condition(item, lowering),), span=span)
        case Term():
            return _term(expression)
        case Comparison(_, op, pattern, span=span):
            return _compare(_column(expression, lowering), op, Constant(pattern.text, span=pattern.span), span)
        case InList(_, patterns, span=span):
            column = _column(expression, lowering)
            equals = tuple(_compare(column, "=", Constant(each.text, span=each.span), span) for each in patterns)
            return equals[0] if len(equals) == 1 else Apply("or", equals, span=span)
        case TimeModifier(name, span=span):
            lowering.report(catalogue.misplaced_modifier(name, span))
        case Subsearch(span=span):
            lowering.report(catalogue.unsupported_subsearch(span))
    return TRUE


def all_of(conditions: tuple[Expr, ...]) -> Expr:
    """True if all are; of no conditions, true."""
    kept: list[Expr] = []
    for each in conditions:
        if isinstance(each, Apply) and each.function == "and":
            kept.extend(each.args)
        elif each != TRUE:
            kept.append(each)
    match kept:
        case []:
            return TRUE
        case [only]:
            return only
        case _:
            return Apply("and", tuple(kept))


def _flat(expression: SearchExpr | None) -> Iterator[SearchExpr]:
    """The parts that must all be true, also those in brackets."""
    if isinstance(expression, And):
        for item in expression.items:
            yield from _flat(item)
    elif expression is not None:
        yield expression


def _moment(modifier: TimeModifier, lowering: Lowering) -> dict[str, str]:
    """The end that it moves and the time that it says. One that cannot be read is reported and moves none."""
    name = modifier.name.lower()
    end, time = name, modifier.value
    if name in AGO and modifier.value.isdigit():
        end, unit = AGO[name]
        time = f"-{modifier.value}{unit}"
    if end not in ("earliest", "latest"):
        lowering.report(catalogue.unsupported_modifier(modifier.name, modifier.span))
        return {}
    try:
        parse_moment(time, lowering.context.now, lowering.context.timezone)
    except BadMomentError as error:
        lowering.report(catalogue.bad_moment(str(error), modifier.span))
        return {}
    return {end: time}


def _term(term: Term) -> Expr:
    if term.text and not term.text.strip("*"):
        return TRUE
    function = "phrase" if term.quoted else "term"
    return Apply(function, (Column("_raw", span=term.span), Constant(term.text, span=term.span)), span=term.span)


def _column(expression: Comparison | InList, lowering: Lowering) -> Column:
    """The field on the left, with the place of its name alone."""
    name, span = expression.field, expression.span
    if "*" in name:
        lowering.report(catalogue.wildcard_field(name, span))
    length = len(name) if span.text.startswith(name) else len(name) + 2 * span.text.startswith(f'"{name}"')
    return Column(name, span=Span(span.source, span.start, min(span.start + length, span.end), span.macro))


def _compare(column: Column, op: str, value: Constant, span: Span) -> Expr:
    text = str(value.value)
    if text and not text.strip("*") and op in ("=", "!="):
        return Apply("exists", (column,), span=span) if op == "=" else Constant(False, span=span)
    plain = Apply(OPERATORS[op], (column, value), span=span)
    if op not in ("=", "!=") or not _is_network(text):
        return plain
    inside = Apply("search_cidr", (column, value), span=span)
    if op == "=":
        return inside
    return Apply("and", (plain, Apply("not", (inside,), span=span)), span=span)


def _is_network(text: str) -> bool:
    """Whether a value is a CIDR block: it then stands for the addresses inside as well as for itself."""
    if "/" not in text:
        return False
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return True
