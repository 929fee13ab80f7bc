"""Reads a calendar file: text to hours, with every problem found at its place."""

from __future__ import annotations

from pathlib import Path

from tocsin.content.text_file import read_source
from tocsin.content.yaml_document import read_document
from tocsin.content.yaml_value import Entries
from tocsin.diagnostics import ContentError, Diagnostic, Severity, worst
from tocsin.diagnostics.catalogue import hours as catalogue
from tocsin.hours.calendars import Listed
from tocsin.hours.file.calendar_part import MAX_DAILY, count_daily, read_calendars
from tocsin.hours.file.checks import check_rules
from tocsin.hours.file.lists import read_list
from tocsin.hours.file.reading import Reading, head
from tocsin.hours.file.rules_part import calendar_name, read_rules, read_units
from tocsin.hours.rules import Hours, HoursFile
from tocsin.source import Source, Span

KEYS = ("zone", "calendars", "units", "assign", "default", "freezes", "maintenance")


def load_hours(path: Path) -> HoursFile:
    """The calendar file at `path`, and the .ics files it imports. Never raises for what a file holds."""
    source = read_source(path)
    if isinstance(source, Diagnostic):
        return HoursFile(None, (source,))
    return read_hours(source, path.parent)


def read_hours(source: Source, folder: Path) -> HoursFile:
    """The text as hours; `folder` is where imported files lie."""
    try:
        document = read_document(source)
    except ContentError as error:
        return HoursFile(None, error.diagnostics)
    return read_entries(source, document, folder)


def read_entries(source: Source, document: Entries, folder: Path) -> HoursFile:
    """What the text holds as hours."""
    reading = Reading(source, folder)
    hours = _hours(reading, document)
    found = tuple(sorted(reading.found, key=lambda each: _position(each, source)))
    gravest = worst(found)
    return HoursFile(None if gravest is not None and gravest > Severity.warning else hours, found)


def _hours(reading: Reading, document: Entries) -> Hours:
    reading.mapping(document, "", KEYS)
    values = document.values
    reading.zone = reading.zone_name(values["zone"], "zone") if "zone" in values else ""
    shared = {key: _shared(reading, document, key) for key in ("freezes", "maintenance")}
    if "calendars" not in values:
        reading.report(catalogue.missing_key("calendars", head(document)))
    calendars = read_calendars(reading, values["calendars"]) if "calendars" in values else {}
    units = read_units(reading, values["units"]) if "units" in values else {}
    placed = read_rules(reading, values["assign"], calendars, units) if "assign" in values else []
    check_rules(reading, placed, calendars, units)
    default = calendar_name(reading, values["default"], "default", calendars) if "default" in values else ""
    if "default" not in values:
        reading.report(catalogue.no_default(Span(reading.source, document.span.start, document.span.start)))
    line = reading.line(document.keys["default"]) if "default" in values else 0
    rules = tuple(each.rule for each in placed)
    zone = reading.zone or "UTC"
    return Hours(calendars, rules, default, line, units, zone, shared["freezes"], shared["maintenance"])


def _shared(reading: Reading, document: Entries, key: str) -> Listed:
    if key not in document.values:
        return ()
    found = read_list(reading, document.values[key], key)
    if count_daily(found) > MAX_DAILY:
        reading.report(
            catalogue.too_many(f"days of recurring entries in `{key}`", MAX_DAILY, head(document.values[key]))
        )
    return found


def _position(diagnostic: Diagnostic, source: Source) -> tuple[int, int]:
    """By place in the calendar file; what is in other files comes last."""
    span = diagnostic.span
    return (0, span.start) if span is not None and span.source is source else (1, span.start if span else 0)
