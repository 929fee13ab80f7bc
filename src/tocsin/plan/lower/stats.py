"""`stats`: aggregate rows, in groups if there is a BY clause."""

from __future__ import annotations

from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.marks import marks
from tocsin.plan.lower.measures import check_names, keys, measures
from tocsin.plan.nodes import Aggregate, Node
from tocsin.spl.commands.stats import Stats


def lower_stats(command: Stats, input: Node, lowering: Lowering) -> Node:
    measured = measures(command.aggregations, input, lowering)
    check_names(measured, command.by, lowering)
    by = keys(command.by, input, lowering)
    return Aggregate(input, by, measured, command.dedup_splitvals, **marks(command))
