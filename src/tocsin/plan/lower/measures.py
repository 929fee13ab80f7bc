"""Aggregations of `stats` and `eventstats` to measures: canonical functions, columns, names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tocsin.diagnostics.catalogue import plan as catalogue
from tocsin.diagnostics.catalogue.spl import unsupported_aggregation
from tocsin.plan.demand import TIMED
from tocsin.plan.expr import Column, Expr
from tocsin.plan.functions import find_measure
from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.expect import expect, expect_columns
from tocsin.plan.lower.expression import value
from tocsin.plan.names import is_pattern
from tocsin.plan.nodes import Measure, Node
from tocsin.source import Span
from tocsin.spl.commands.stats import Aggregation, ByField

ALIASES = {"c": "count", "distinct_count": "dc", "mean": "avg"}


def measures(aggregations: Iterable[Aggregation], input: Node, lowering: Lowering) -> tuple[Measure, ...]:
    """The measures; a repeated one counts once, and two of one name are an error."""
    found: dict[str, Measure] = {}
    for aggregation in aggregations:
        measure = _measure(aggregation, input, lowering)
        if measure is None:
            continue
        if found.setdefault(measure.name, measure) != measure:
            lowering.report(catalogue.duplicate_column(measure.name, aggregation.span))
    return tuple(found.values())


def keys(by: Iterable[ByField], input: Node, lowering: Lowering) -> tuple[str, ...]:
    """The names of the BY clause, each once; warns of one that no row can have, since every row is then lost."""
    by = tuple(by)
    for field in by:
        if is_pattern(field.name):
            lowering.report(catalogue.wildcard_by_field(field.name, field.span))
    expect(((field.name, field.span) for field in by), input, lowering, catalogue.unknown_by_field)
    return tuple(dict.fromkeys(field.name for field in by))


def check_names(named: Iterable[Measure], by: Iterable[ByField], lowering: Lowering) -> None:
    """No measure may be named like a field of the BY clause."""
    taken = {field.name for field in by}
    for measure in named:
        if measure.name in taken and measure.span is not None:
            lowering.report(catalogue.duplicate_column(measure.name, measure.span))


def _measure(aggregation: Aggregation, input: Node, lowering: Lowering) -> Measure | None:
    function = _function(aggregation, lowering)
    if function is None:
        return None
    if function in TIMED:
        expect([("_time", aggregation.span)], input, lowering)
    name = aggregation.default_name if aggregation.name is None else aggregation.name
    argument = _argument(aggregation, input, lowering)
    if argument is None and not _bare(function):
        lowering.report(catalogue.wrong_arguments(aggregation.function, "1 argument", 0, aggregation.span))
        return None
    if isinstance(argument, str):
        return _wild(aggregation, function, argument, name, lowering)
    return Measure(function, argument, name, span=aggregation.span)


def _wild(aggregation: Aggregation, function: str, pattern: str, name: str, lowering: Lowering) -> Measure:
    if name.count("*") > pattern.count("*") or not is_pattern(name):
        lowering.report(catalogue.wildcard_mismatch(pattern, name, aggregation.span))
    return Measure(function, None, name, pattern=pattern, span=aggregation.span)


def _bare(function: str) -> bool:
    measure = find_measure(function)
    return measure is not None and measure.bare


def _function(aggregation: Aggregation, lowering: Lowering) -> str | None:
    written = aggregation.function
    function = re.sub(r"^p(?=\d)", "perc", ALIASES.get(written, written))
    if find_measure(function) is not None:
        return function
    head = aggregation.span
    span = Span(head.source, head.start, min(head.end, head.start + len(written)), head.macro)
    lowering.report(unsupported_aggregation(span, written))
    return None


def _argument(aggregation: Aggregation, input: Node, lowering: Lowering) -> Expr | str | None:
    """An expression, a pattern as text, or None where there is no argument."""
    match aggregation.argument:
        case None:
            return None
        case str() as name if is_pattern(name):
            return name
        case str() as name:
            expect([(name, aggregation.span)], input, lowering)
            return Column(name, span=aggregation.span)
        case expression:
            lowered = value(expression, lowering)
            expect_columns(lowered, input, lowering)
            return lowered
