"""`where`: keep the rows for which an eval expression is exactly true."""

from __future__ import annotations

from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.expect import expect_columns
from tocsin.plan.lower.expression import condition_value
from tocsin.plan.lower.marks import marks
from tocsin.plan.nodes import Filter, Node
from tocsin.spl.commands.where import Where


def lower_where(command: Where, input: Node, lowering: Lowering) -> Node:
    condition = condition_value(command.condition, lowering)
    expect_columns(condition, input, lowering)
    return Filter(input, condition, **marks(command))
