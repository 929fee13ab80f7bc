"""Business calendars: whose night is it? Zones, weekly hours, holidays, freezes; who keeps which; verdicts."""

from tocsin.hours.calendars import ALWAYS, NONE, Calendar
from tocsin.hours.file.dump import Comments, dump
from tocsin.hours.file.load import load_hours, read_hours
from tocsin.hours.judge import Judge, Verdict, verdict, verdicts
from tocsin.hours.rules import Condition, Hours, HoursFile, Rule, Subject
from tocsin.hours.week_grid import week

__all__ = [
    "ALWAYS",
    "NONE",
    "Calendar",
    "Comments",
    "Condition",
    "Hours",
    "HoursFile",
    "Judge",
    "Rule",
    "Subject",
    "Verdict",
    "dump",
    "load_hours",
    "read_hours",
    "verdict",
    "verdicts",
    "week",
]
