"""`fillnull`: give missing fields a value."""

from __future__ import annotations

from tocsin.diagnostics.catalogue import plan as catalogue
from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.marks import marks
from tocsin.plan.names import is_pattern
from tocsin.plan.nodes import FillNull, Node
from tocsin.spl.commands.fillnull import Fillnull


def lower_fillnull(command: Fillnull, input: Node, lowering: Lowering) -> Node:
    """Without a list it fills only fields that some row has a value for, so what it does depends on the rows."""
    if any(is_pattern(name) for name in command.fields):
        lowering.report(catalogue.unsupported_option("fillnull", "wildcards", command.span))
    names = tuple(dict.fromkeys(command.fields)) or None
    return FillNull(input, command.value, names, **marks(command))
