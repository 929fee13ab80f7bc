"""`bin` (also `bucket`): put times or numbers into buckets."""

from __future__ import annotations

import re

from tocsin.diagnostics.catalogue import plan as catalogue
from tocsin.plan.expr import NULL, Apply, Column, Constant, Expr
from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.expect import expect
from tocsin.plan.lower.marks import marks
from tocsin.plan.moments import BadMomentError, parse_steps
from tocsin.plan.nodes import Extend, Node
from tocsin.source import Span
from tocsin.spl.commands.bin import Bin

SECONDS = {"s": 1.0, "m": 60.0, "h": 3600.0}  # other units are counted on the searcher's calendar
NUMBER = re.compile(r"\d+(\.\d+)?")
UNSUPPORTED = (
    ("a logarithmic span", re.compile(r"[\d.]*log[\d.]*")),
    ("a span below a second", re.compile(r"\d+(us|ms|cs|ds)", re.IGNORECASE)),
    ("a span that snaps", re.compile(r"\d*[a-z]+@[a-z]+[0-7]?", re.IGNORECASE)),
)


def lower_bin(command: Bin, input: Node, lowering: Lowering) -> Node:
    """Times become the start of their span; numbers the range that they lie in."""
    for given, what, option in (
        (command.bins is not None, "`bins`", "bins"),
        (command.aligntime is not None, "`aligntime`", "aligntime"),
        (command.size is None and command.bins is None, "a bin without `span`", ""),
    ):
        if given:
            lowering.report(catalogue.unsupported_option("bin", what, _place(command, option)))
    expect([(command.field, command.span)], input, lowering)
    binned = NULL if command.size is None else _binned(command, command.size, lowering)
    return Extend(input, ((command.name or command.field, binned),), **marks(command))


def _binned(command: Bin, size: str, lowering: Lowering) -> Expr:
    column = Column(command.field, span=command.span)
    if refused := next((what for what, shape in UNSUPPORTED if shape.fullmatch(size)), None):
        lowering.report(catalogue.unsupported_option("bin", refused, _place(command, "span")))
        return NULL
    if NUMBER.fullmatch(size) and command.field != "_time":
        return Apply("bin_number", (column, Constant(float(size))), span=command.span)
    span = Constant(float(size)) if NUMBER.fullmatch(size) else _span(command, size, lowering)
    return Apply("bin_time", (column, span, Constant(lowering.context.timezone)), span=command.span)


def _span(command: Bin, size: str, lowering: Lowering) -> Constant:
    try:
        (step,) = parse_steps(f"+{size}")
    except (BadMomentError, ValueError):
        lowering.report(catalogue.bad_span(size, _place(command, "span")))
        return Constant(1.0)
    count = step.count or 0
    if count <= 0:
        lowering.report(catalogue.bad_span(size, _place(command, "span")))
    return Constant(count * SECONDS[step.unit]) if step.unit in SECONDS else Constant(f"{count}{step.unit}")


def _place(command: Bin, option: str) -> Span:
    """Where the option's value stands; the whole command for one that was not written."""
    return command.places.get(option, command.span)
