"""Short ways to hours and instants for tests."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from textwrap import dedent

from tocsin.diagnostics import Diagnostic
from tocsin.hours import Hours, HoursFile, Subject, Verdict, read_hours, verdict
from tocsin.source import Source

NOBODY = Subject()


def at(text: str) -> float:
    """Epoch seconds of an instant in ISO 8601 with offset."""
    moment = datetime.fromisoformat(text)
    assert moment.tzinfo is not None, "an instant needs its offset"
    return moment.timestamp()


def read(text: str, folder: Path = Path("/nowhere")) -> HoursFile:
    return read_hours(Source("hours.yml", dedent(text)), folder)


def hours(text: str, folder: Path = Path("/nowhere")) -> Hours:
    """The hours of a file without errors."""
    found = read(text, folder)
    assert found.hours is not None, [(each.message, each.span and each.span.text) for each in found.diagnostics]
    return found.hours


def calendar(zone: str, body: str) -> Hours:
    """The hours of a file with one calendar, which everybody keeps; `body` holds the calendar's other keys."""
    lines = "\n".join(f"    {line}" for line in dedent(body).strip().splitlines())
    return hours(f"calendars:\n  it:\n    zone: {zone}\n{lines}\ndefault: it\n")


def ask(given: Hours, instant: str, subject: Subject = NOBODY) -> Verdict:
    return verdict(given, at(instant), subject)


def only(found: HoursFile) -> Diagnostic:
    """The one problem of a file."""
    assert len(found.diagnostics) == 1, [(each.name, each.message) for each in found.diagnostics]
    return found.diagnostics[0]


def place(problem: Diagnostic) -> tuple[int, int, str]:
    """Line and column of a problem, and the text that it points at."""
    assert problem.span is not None
    return (*problem.span.source.line_column(problem.span.start), problem.span.text)
