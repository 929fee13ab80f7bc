"""`rex`: extract fields with a regular expression's named groups."""

from __future__ import annotations

from tocsin.diagnostics.catalogue import plan as catalogue
from tocsin.plan.expr import Apply, Column, Constant, Expr
from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.expect import expect
from tocsin.plan.lower.marks import marks
from tocsin.plan.lower.pattern import Pattern, check_pattern
from tocsin.plan.nodes import Extend, Node
from tocsin.spl.commands.rex import Rex


def lower_rex(command: Rex, input: Node, lowering: Lowering) -> Node:
    """A field whose group matches is overwritten; otherwise it stays as it is."""
    for given, what in (
        (command.max_match != 1, "`max_match`"),
        (command.offset_field is not None, "`offset_field`"),
    ):
        if given:
            lowering.report(catalogue.unsupported_option("rex", what, command.span))
    if command.sed:
        lowering.report(catalogue.unsupported_option("rex", "`mode=sed`", command.span))
        return input
    expect([(command.field, command.span)], input, lowering)
    before = len(lowering.problems)
    pattern = check_pattern(command.pattern, command.pattern_span, lowering)
    if not pattern.groups and len(lowering.problems) == before:
        lowering.report(catalogue.no_named_group(command.pattern_span))
    columns = tuple((group, _extracted(command, pattern, group)) for group in pattern.groups)
    return Extend(input, columns, **marks(command)) if columns else input


def _extracted(command: Rex, pattern: Pattern, group: str) -> Expr:
    source = Column(command.field, span=command.span)
    found = Apply("rex", (source, Constant(pattern.only(group)), Constant(group)), span=command.pattern_span)
    return Apply("coalesce", (found, Column(group)), span=command.pattern_span)
