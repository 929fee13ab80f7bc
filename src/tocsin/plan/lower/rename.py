"""`rename`: one renaming after another."""

from __future__ import annotations

from tocsin.diagnostics.catalogue import plan as catalogue
from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.expect import expect
from tocsin.plan.lower.marks import marks
from tocsin.plan.nodes import Node
from tocsin.plan.nodes import Rename as RenameNode
from tocsin.spl.commands.rename import Rename


def lower_rename(command: Rename, input: Node, lowering: Lowering) -> Node:
    node = input
    for renaming in command.renamings:
        if renaming.old.count("*") != renaming.new.count("*"):
            lowering.report(catalogue.wildcard_mismatch(renaming.old, renaming.new, renaming.span))
            continue
        expect([(renaming.old, renaming.span)], node, lowering)
        node = RenameNode(node, renaming.old, renaming.new, **marks(command))
    return node
