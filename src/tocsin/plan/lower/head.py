"""`head`: the first rows."""

from __future__ import annotations

from tocsin.diagnostics.catalogue import plan as catalogue
from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.marks import marks
from tocsin.plan.nodes import Limit, Node
from tocsin.spl.commands.head import Head

DEFAULT = 10


def lower_head(command: Head, input: Node, lowering: Lowering) -> Node:
    if command.condition is not None:
        lowering.report(catalogue.unsupported_option("head", "a condition", command.condition.span))
    return Limit(input, DEFAULT if command.limit is None else command.limit, **marks(command))
