"""`search`: the first one says which records to read, a later one filters."""

from __future__ import annotations

from tocsin.plan.lower.condition import all_of, condition, leading_condition
from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.expect import expect_columns
from tocsin.plan.lower.marks import marks
from tocsin.plan.nodes import Filter, Node, Scan
from tocsin.spl.commands.search import Search


def lower_search_command(command: Search, input: Node, lowering: Lowering) -> Node:
    """A filter. Directly after the first search it joins that one, unless a filter macro wrote it."""
    lowered = condition(command.expression, lowering)
    expect_columns(lowered, input, lowering)
    if isinstance(input, Scan) and not is_filter_macro(command.macro):
        joined = all_of((input.condition, lowered))
        return Scan(joined, input.earliest, input.latest, span=input.span, macro=input.macro)
    return Filter(input, lowered, **marks(command))


def lower_first(command: Search, lowering: Lowering) -> Scan:
    lowered, modifiers = leading_condition(command.expression, lowering)
    return Scan(lowered, modifiers.earliest, modifiers.latest, **marks(command))


def is_filter_macro(name: str | None) -> bool:
    """Whether a macro is the place that a detection leaves for its user's own conditions."""
    return name is not None and name.endswith("_filter")
