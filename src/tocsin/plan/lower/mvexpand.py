"""`mvexpand`: a row for each value of a multivalue field."""

from __future__ import annotations

from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.expect import expect
from tocsin.plan.lower.marks import marks
from tocsin.plan.nodes import Expand, Node
from tocsin.spl.commands.mvexpand import Mvexpand


def lower_mvexpand(command: Mvexpand, input: Node, lowering: Lowering) -> Node:
    expect([(command.field, command.span)], input, lowering)
    return Expand(input, command.field, command.limit, **marks(command))
