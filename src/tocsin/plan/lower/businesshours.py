"""`businesshours`: whether an event lies in the business hours of whoever acted."""

from __future__ import annotations

from tocsin.diagnostics.catalogue import plan as catalogue
from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.marks import marks
from tocsin.plan.lower.subject import told
from tocsin.plan.nodes import Answer, Judge, Node
from tocsin.spl.commands.businesshours import Businesshours

# What a verdict says, and the field that becomes of it.
_ANSWERS = (
    ("local_time", "local_time"),
    ("zone", "local_zone"),
    ("calendar", "business_calendar"),
    ("state", "business_hours"),
    ("reason", "business_hours_reason"),
    ("rule", "business_hours_rule"),
)


def lower_businesshours(command: Businesshours, input: Node, lowering: Lowering) -> Node:
    calendars = lowering.context.calendars
    if calendars is None:
        lowering.report(catalogue.no_hours(command.keyword))
    elif command.calendar is not None and command.calendar not in calendars:
        span = command.calendar_span or command.keyword
        lowering.report(catalogue.unknown_calendar(command.calendar, calendars, span))
    answers = tuple(Answer(key, f"{command.prefix}{name}") for key, name in _ANSWERS)
    reads = told(command, input, lowering)
    return Judge(input, "businesshours", reads, answers, command.calendar or "", **marks(command))
