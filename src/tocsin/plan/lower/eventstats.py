"""`eventstats`: add the aggregates of a row's group to the row."""

from __future__ import annotations

from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.marks import marks
from tocsin.plan.lower.measures import check_names, keys, measures
from tocsin.plan.nodes import Node, Window
from tocsin.spl.commands.eventstats import Eventstats


def lower_eventstats(command: Eventstats, input: Node, lowering: Lowering) -> Node:
    measured = measures(command.aggregations, input, lowering)
    check_names(measured, command.by, lowering)
    return Window(input, keys(command.by, input, lowering), measured, **marks(command))
