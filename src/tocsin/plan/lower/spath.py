"""`spath`: extract a field from JSON text."""

from __future__ import annotations

from tocsin.diagnostics.catalogue import plan as catalogue
from tocsin.plan.expr import Apply, Column, Constant
from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.expect import expect
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
    """Of an untouched record every leaf is a field already, and nothing is left to do."""
    untouched = all(isinstance(node, Scan | Filter | Sort | Limit) for node in chain(input))
    if command.input != "_raw" or command.output is not None or not untouched:
        help = "a path for each field: `spath input=field path=a.b output=name`"
        lowering.report(catalogue.unsupported_option("spath", "extraction without a path", command.span, help))
    return input
