"""A calendar file that a verb works with, and its problems on standard error."""

from __future__ import annotations

from pathlib import Path

from tocsin.cli.library import report
from tocsin.hours import Hours, load_hours


def hours_at(path: Path) -> Hours | None:
    """The hours of the file; every problem is printed, and None means that some are worse than warnings."""
    read = load_hours(path)
    report(read.diagnostics)
    return read.hours
