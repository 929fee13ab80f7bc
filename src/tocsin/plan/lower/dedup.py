"""`dedup`: the first rows of each combination of values."""

from __future__ import annotations

from tocsin.diagnostics.catalogue import plan as catalogue
from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.expect import expect
from tocsin.plan.lower.marks import marks
from tocsin.plan.lower.sort import orders
from tocsin.plan.names import is_pattern
from tocsin.plan.nodes import Dedup as DedupNode
from tocsin.plan.nodes import Node, Sort
from tocsin.spl.commands.dedup import Dedup


def lower_dedup(command: Dedup, input: Node, lowering: Lowering) -> Node:
    """`sortby` orders the rows first, so that it decides which of a combination is the first."""
    for given, what in (
        (command.consecutive, "`consecutive`"),
        (command.keepevents, "`keepevents`"),
        (any(is_pattern(name) for name in command.fields), "wildcards"),
    ):
        if given:
            lowering.report(catalogue.unsupported_option("dedup", what, command.span))
    warn = catalogue.unknown_field if command.keepempty else catalogue.unknown_by_field
    expect(((name, command.span) for name in command.fields), input, lowering, warn)
    by = orders(command.sortby, input, lowering)
    ordered = Sort(input, by, **marks(command)) if by else input
    names = tuple(dict.fromkeys(command.fields))
    return DedupNode(ordered, names, command.limit, command.keepempty, **marks(command))
