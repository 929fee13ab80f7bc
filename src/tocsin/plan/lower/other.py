"""Every other command of SPL: read, and refused at its name."""

from __future__ import annotations

from tocsin.diagnostics.catalogue import plan as catalogue
from tocsin.plan.lower.context import Lowering
from tocsin.plan.nodes import Node
from tocsin.spl.commands.other import Other


def lower_other(command: Other, input: Node, lowering: Lowering) -> Node:
    lowering.report(catalogue.unsupported_command(command.name, command.keyword))
    return input
