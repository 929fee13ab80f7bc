"""`sort`: order rows, and keep the first 10,000 unless told otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.expect import expect
from tocsin.plan.lower.marks import marks
from tocsin.plan.nodes import Node, Order
from tocsin.plan.nodes import Sort as SortNode
from tocsin.spl.commands.sort import Sort, SortKey


def lower_sort(command: Sort, input: Node, lowering: Lowering) -> Node:
    """A trailing `desc` turns every key round."""
    keys = orders(command.keys, input, lowering)
    if command.reverse:
        keys = tuple(Order(key.name, not key.descending, key.mode) for key in keys)
    return SortNode(input, keys, command.limit or None, **marks(command))


def orders(keys: Iterable[SortKey], input: Node, lowering: Lowering) -> tuple[Order, ...]:
    keys = tuple(keys)
    expect(((key.field, key.span) for key in keys), input, lowering)
    return tuple(Order(key.field, key.descending, key.mode) for key in keys)
