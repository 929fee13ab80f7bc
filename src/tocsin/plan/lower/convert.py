"""`convert`: change the form of field values, above all epoch seconds to text."""

from __future__ import annotations

from tocsin.diagnostics.catalogue import plan as catalogue
from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.expect import expect
from tocsin.plan.lower.marks import marks
from tocsin.plan.nodes import Node, Transform
from tocsin.spl.commands.convert import Conversion, Convert

TIMEFORMAT = "%m/%d/%Y %H:%M:%S"
TIMES = frozenset({"ctime", "mktime"})  # get the format and the searcher's zone
PLAIN = frozenset({"auto", "num", "rmunit", "rmcomma", "memk", "dur2sec", "mstime"})


def lower_convert(command: Convert, input: Node, lowering: Lowering) -> Node:
    """One node a conversion, from left to right. A field that is not there stays away."""
    node = input
    times = (TIMEFORMAT if command.timeformat is None else command.timeformat, lowering.context.timezone)
    for each in command.conversions:
        if not _known(each, lowering):
            continue
        expect([(each.field, each.span)], node, lowering)
        if each.name is not None and each.name.count("*") > each.field.count("*"):
            lowering.report(catalogue.wildcard_mismatch(each.field, each.name, each.span))
        arguments = times if each.function in TIMES else ()
        node = Transform(node, each.function, each.field, each.name, arguments, **marks(command))
    return node


def _known(conversion: Conversion, lowering: Lowering) -> bool:
    if conversion.function in TIMES | PLAIN:
        return True
    if conversion.function == "none":
        lowering.report(catalogue.unsupported_option("convert", "the function `none`", conversion.span))
    else:
        lowering.report(catalogue.unknown_function(conversion.function, TIMES | PLAIN, conversion.span))
    return False
