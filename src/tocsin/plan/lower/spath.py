"""`spath`: extract a field from JSON text."""

from __future__ import annotations

from tocsin.diagnostics.catalogue import plan as catalogue
from tocsin.plan.expr import Apply, Column, Constant
from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.expect import expect
from tocsin.plan.lower.leaves import EVERY_LEAF
from tocsin.plan.lower.marks import marks
from tocsin.plan.nodes import Extend, Filter, Limit, Node, Scan, Sort, chain
from tocsin.spl.commands.spath import Spath


def lower_spath(command: Spath, input: Node, lowering: Lowering) -> Node:
    """Where the path leads nowhere, the field stays as it is."""
    if command.path is None:
        return _every_leaf(command, input, lowering)
    expect([(command.input, command.span)], input, lowering)
    name = command.path if command.output is None else command.output
    span = command.path_span or command.span
    found = Apply("spath", (Column(command.input, span=command.span), Constant(command.path, span=span)), span=span)
    return Extend(input, ((name, Apply("coalesce", (found, Column(name)), span=span)),), **marks(command))


def _every_leaf(command: Spath, input: Node, lowering: Lowering) -> Node:
    """Every leaf becomes a field; of an untouched record it is one already, and nothing is left to do."""
    if command.output is not None:
        lowering.report(catalogue.unsupported_option("spath", "`output` without a path", command.span))
    if command.input == "_raw" and all(isinstance(node, Scan | Filter | Sort | Limit) for node in chain(input)):
        return input
    expect([(command.input, command.span)], input, lowering)
    return Extend(input, ((EVERY_LEAF, Column(command.input, span=command.span)),), **marks(command))
