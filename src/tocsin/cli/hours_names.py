"""A calendar file of which only the names are looked at: all the rest can be read while others read the records."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tocsin.cli import exits
from tocsin.config import Calendars
from tocsin.content.text_file import read_source
from tocsin.content.yaml_document import read_document
from tocsin.content.yaml_value import Entries
from tocsin.diagnostics import ContentError, Diagnostic
from tocsin.source import Source

if TYPE_CHECKING:
    from tocsin.hours import Hours

BUILT_IN = ("always", "none")  # by `tocsin.hours`, which takes long to load


def calendars_at(path: Path) -> Calendars | None:
    """The names of the file's calendars, and how the rest is read: what is wrong with it is printed, and ends the run.

    None for a file that is wrong at first sight.
    """
    source = read_source(path)
    if isinstance(source, Diagnostic):
        return None
    try:
        document = read_document(source)
    except ContentError:
        return None
    calendars = document.values.get("calendars")
    if not isinstance(calendars, Entries):
        return None
    return Calendars((*calendars.values, *BUILT_IN), lambda: _whole(source, document, path))


def _whole(source: Source, document: Entries, path: Path) -> Hours:
    from tocsin.cli.hours_file import told
    from tocsin.hours.file.load import read_entries

    hours = told(read_entries(source, document, path.parent))
    if hours is None:
        raise click.exceptions.Exit(exits.WRONG)
    return hours
