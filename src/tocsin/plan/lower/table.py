"""`table`: these columns, in this order, whether they exist or not."""

from __future__ import annotations

from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.marks import marks
from tocsin.plan.nodes import Node, Select
from tocsin.spl.commands.table import Table


def lower_table(command: Table, input: Node, lowering: Lowering) -> Node:
    del lowering
    return Select(input, tuple(dict.fromkeys(command.fields)), create=True, **marks(command))
