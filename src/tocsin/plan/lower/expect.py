"""Warnings about fields that cannot be there: a search that would be silent for ever says so at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from tocsin.diagnostics import Diagnostic
from tocsin.diagnostics.catalogue import plan as catalogue
from tocsin.plan.expr import Apply, Column, Constant, Expr
from tocsin.plan.lower.context import Lowering
from tocsin.plan.names import is_pattern, matches
from tocsin.plan.nodes import Node, Rename, chain
from tocsin.plan.schema import closed_fields, made_fields
from tocsin.source import Span

Read = tuple[str, Span | None]
Warn = Callable[[str, Iterable[str], Span | None], Diagnostic]

COMPARISONS = frozenset({"equal", "not_equal", "less", "less_equal", "greater", "greater_equal"})
WORD = re.compile(r"[A-Z][a-z]+")  # `Saturday`: fields look otherwise, in CloudTrail as in most sources


def expect(reads: Iterable[Read], input: Node, lowering: Lowering, warn: Warn = catalogue.unknown_field) -> None:
    """Warn of each name that is read and that no row of `input` can have."""
    known = None if lowering.refused else closed_fields(input)
    if known is None:
        return
    for name, span in reads:
        if not any(matches(name, each) for each in known):
            lowering.report(warn(name, known, span))


def expect_columns(expr: Expr, input: Node, lowering: Lowering) -> None:
    """The same for an expression, and for a bare word that is compared as if it were text."""
    words = set(_bare_words(expr))
    known = None if lowering.refused else closed_fields(input)
    for column in _columns(expr):
        if known is not None and column.name not in known:
            unknown = catalogue.unknown_field(column.name, known, column.span)
            lowering.report(catalogue.bare_word_comparison(column.name, column.span) if column in words else unknown)
        elif known is None and column in words and _nobody_makes(column.name, input):
            lowering.report(catalogue.bare_word_comparison(column.name, column.span))


def _nobody_makes(name: str, input: Node) -> bool:
    wild = [node for node in chain(input) if isinstance(node, Rename) and is_pattern(node.new)]
    makers = (*made_fields(input), *(node.new for node in wild))
    return bool(WORD.fullmatch(name)) and not any(matches(maker, name) for maker in makers)


def _bare_words(expr: Expr) -> Iterator[Column]:
    """Columns that are compared with something computed and were written without quotes."""
    if not isinstance(expr, Apply):
        return
    if expr.function in COMPARISONS and not any(isinstance(arg, Constant) for arg in expr.args):
        columns = (arg for arg in expr.args if isinstance(arg, Column))
        yield from (arg for arg in columns if arg.span is not None and arg.span.text == arg.name)
    for arg in expr.args:
        yield from _bare_words(arg)


def _columns(expr: Expr) -> Iterator[Column]:
    """The fields that should be there: not those that `coalesce` tries, and not a field named like NULL."""
    match expr:
        case Column(name) if name.lower() != "null":
            yield expr
        case Apply(function, args) if function != "coalesce":
            for arg in args:
                yield from _columns(arg)
