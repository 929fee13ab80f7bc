"""`regex`: keep the rows whose field matches a regular expression."""

from __future__ import annotations

from tocsin.plan.expr import Apply, Column, Constant
from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.expect import expect
from tocsin.plan.lower.marks import marks
from tocsin.plan.lower.pattern import check_pattern
from tocsin.plan.nodes import Filter, Node
from tocsin.spl.commands.regex import Regex


def lower_regex(command: Regex, input: Node, lowering: Lowering) -> Node:
    """With `!=`, a row without the field stays: it does not match."""
    pattern = check_pattern(command.pattern, command.pattern_span, lowering)
    expect([(command.field, command.span)], input, lowering)
    column = Column(command.field, span=command.span)
    matched = Apply("match", (column, Constant(pattern.text, span=command.pattern_span)), span=command.span)
    if command.negated:
        matched = Apply("not", (Apply("coalesce", (matched, Constant(False))),), span=command.span)
    return Filter(input, matched, **marks(command))
