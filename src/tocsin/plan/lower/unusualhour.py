"""`unusualhour`: how surprising an event's hour is for whoever acted."""

from __future__ import annotations

from tocsin.diagnostics.catalogue import plan as catalogue
from tocsin.plan.expr import Type
from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.marks import marks
from tocsin.plan.lower.subject import told
from tocsin.plan.nodes import Answer, Judge, Node
from tocsin.spl.commands.unusualhour import Unusualhour

# What a profile says, and the field that becomes of it.
_ANSWERS = (
    ("bits", "surprise_bits", Type.number),
    ("usual", "surprise_usual", Type.number),
    ("words", "surprise", Type.text),
    ("principal", "surprise_principal", Type.text),
    ("zone", "surprise_zone", Type.text),
)


def lower_unusualhour(command: Unusualhour, input: Node, lowering: Lowering) -> Node:
    if not lowering.context.profile:
        lowering.report(catalogue.no_profile(command.keyword))
    answers = tuple(Answer(key, f"{command.prefix}{name}", kind) for key, name, kind in _ANSWERS)
    return Judge(input, "unusualhour", told(command, input, lowering), answers, **marks(command))
