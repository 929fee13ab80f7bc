"""`rename`: one renaming after another."""

from __future__ import annotations

from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.expect import expect
from tocsin.plan.lower.marks import marks
from tocsin.plan.nodes import Node
from tocsin.plan.nodes import Rename as RenameNode
from tocsin.spl.commands.rename import Rename


def lower_rename(command: Rename, input: Node, lowering: Lowering) -> Node:
    node = input
    for renaming in command.renamings:
        expect([(renaming.old, renaming.span)], node, lowering)
        node = RenameNode(node, renaming.old, renaming.new, **marks(command))
    return node
