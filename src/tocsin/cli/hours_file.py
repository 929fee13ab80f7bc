"""A calendar file that a verb works with, and its problems on standard error."""

from __future__ import annotations

from pathlib import Path

from tocsin.cli.library import report
from tocsin.hours import Hours, HoursFile, load_hours


def hours_at(path: Path) -> Hours | None:
    """The hours of the file; every problem is printed, and None means that some are worse than warnings."""
    return told(load_hours(path))


def told(read: HoursFile) -> Hours | None:
    """The hours that were read, and every problem printed."""
    report(read.diagnostics)
    return read.hours
