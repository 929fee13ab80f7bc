"""`fields`: keep the named fields, and `_time` and `_raw`; or, with a minus, remove them."""

from __future__ import annotations

from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.marks import marks
from tocsin.plan.nodes import Drop, Node, Select
from tocsin.spl.commands.fields import Fields


def lower_fields(command: Fields, input: Node, lowering: Lowering) -> Node:
    del lowering
    names = tuple(dict.fromkeys(command.fields))
    if command.remove:
        return Drop(input, names, **marks(command))
    return Select(input, names, internal=True, **marks(command))
