"""Brings the events of an .ics file into a list: a file beside the calendar file, bounded in size and number."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from tocsin.content.text_file import read_source
from tocsin.content.yaml_value import Scalar
from tocsin.diagnostics import Diagnostic
from tocsin.diagnostics.catalogue import hours as catalogue
from tocsin.hours.calendars import Entry, Exact, Import, Recurring, Wall, When
from tocsin.hours.file.ics import Event, entries, read_event
from tocsin.hours.file.ics_events import BadEventError, Block, blocks
from tocsin.hours.file.reading import Reading
from tocsin.hours.zones import epoch_of, zone_named
from tocsin.source import Source, Span

MAX_BYTES = 64 << 20
MAX_EVENTS = 100_000
"""Of all the files that one calendar file imports, together."""

_SHOWN_PROBLEMS = 20


def read_import(reading: Reading, path: Scalar) -> Import | None:
    """The import with its entries; None after a report."""
    source = _source(reading, path)
    if source is None:
        return None
    if "BEGIN:VCALENDAR" not in source.text[:4096].upper():
        reading.report(catalogue.import_path(path.text, "is not an iCalendar file", path.span))
        return None
    events = _events(reading, source, path)
    found = tuple(each for each in (_settled(reading, entry, path) for entry in entries(events, path.text)) if each)
    return Import(path.text, found, line=reading.line(path.span))


def _source(reading: Reading, path: Scalar) -> Source | None:
    """The file's text, if the file, links followed, lies in the calendar file's folder."""
    try:
        folder = reading.folder.resolve()
        inside = (folder / path.text).resolve()
        if Path(path.text).is_absolute() or not inside.is_relative_to(folder):
            reading.report(catalogue.import_path(path.text, "lies outside of the calendar file's folder", path.span))
            return None
    except (OSError, ValueError, RuntimeError):
        reading.report(catalogue.import_path(path.text, "has no path that could be followed", path.span))
        return None
    source = read_source(inside, MAX_BYTES)
    if isinstance(source, Diagnostic):
        reading.report(catalogue.import_path(path.text, f"is not usable: {source.message}", path.span))
        return None
    return Source(str(reading.folder / path.text), source.text)


def _events(reading: Reading, source: Source, path: Scalar) -> list[Event]:
    found: list[Event] = []
    number = problems = 0
    for block in blocks(source.text):
        number += 1
        reading.imported += 1
        if reading.imported > MAX_EVENTS:
            reading.report(catalogue.too_many("imported events", MAX_EVENTS, path.span))
            break
        try:
            found.append(read_event(block, reading.budget))
        except BadEventError as error:
            problems += 1
            if problems <= _SHOWN_PROBLEMS:
                reading.report(catalogue.import_event(str(error), _span(source, block)))
    if problems > _SHOWN_PROBLEMS:
        reading.report(catalogue.import_problems(path.text, problems - _SHOWN_PROBLEMS, path.span))
    if number == 0:
        reading.report(catalogue.import_empty(path.text, path.span))
    idle = sum(event.when is None and event.replaces is None for event in found)
    if idle:
        reading.report(catalogue.import_skipped(idle, path.span))
    return found


def _settled(reading: Reading, entry: Entry, path: Scalar) -> Entry | None:
    """The entry with its floating times brought to the file's zone, where no calendar's zone holds."""
    when = entry.when
    if reading.inside or not _floating(when):
        return entry
    zone = zone_named(reading.zone) if reading.zone else None
    if zone is None:
        reading.report(catalogue.time_without_zone(f"{path.text} line {entry.line}", path.span))
        return None
    match when:
        case Wall(start, end):
            return replace(entry, when=Exact(epoch_of(zone, start), epoch_of(zone, end)))
        case Recurring():
            return replace(entry, when=replace(when, zone=reading.zone))
    return entry


def _floating(when: When) -> bool:
    return isinstance(when, Wall) or (isinstance(when, Recurring) and bool(when.shifts) and not when.zone)


def _span(source: Source, block: Block) -> Span:
    return Span(source, block.start, block.start + len("BEGIN:VEVENT"))
