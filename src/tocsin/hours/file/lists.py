"""Lists of closures, openings, freezes and maintenance windows: entries on one line, as mappings, or imported."""

from __future__ import annotations

from tocsin.content.yaml_value import Entries, Scalar, Value
from tocsin.diagnostics.catalogue import hours as catalogue
from tocsin.hours.calendars import Days, Entry, Exact, Import, Listed, Recurring, Wall, When
from tocsin.hours.file.entry_mapping import read_mapping
from tocsin.hours.file.entry_text import read_entry
from tocsin.hours.file.reading import Reading, head
from tocsin.hours.written import when_text
from tocsin.hours.zones import epoch_of, zone_named

MAX_ENTRIES = 20_000


def read_list(reading: Reading, value: Value, path: str, *, with_hours: bool = False) -> Listed:
    """The entries in order; those with problems are reported and left out.

    `with_hours` asks of each day that a person writes to say its hours.
    """
    found: list[Entry | Import] = []
    values = reading.items(value, path)
    if len(values) > MAX_ENTRIES:
        reading.report(catalogue.too_many("entries in one list", MAX_ENTRIES, head(values[MAX_ENTRIES])))
    for number, each in enumerate(values[:MAX_ENTRIES]):
        read = _entry(reading, each, f"{path}[{number}]")
        if read is None:
            continue
        found.append(read)
        if with_hours and isinstance(read, Entry) and isinstance(read.when, Days | Recurring) and not read.when.shifts:
            reading.report(catalogue.open_without_hours(head(each)))
    return tuple(found)


def _entry(reading: Reading, value: Value, path: str) -> Entry | Import | None:
    if isinstance(value, Entries):
        if "ics" in value.values:
            reading.mapping(value, path, ("ics",))
            file = reading.scalar(value.values["ics"], f"{path}.ics", "the name of an .ics file")
            return _imported(reading, file) if file else None
        read = read_mapping(reading, value, path)
    else:
        scalar = reading.scalar(value, path, "an entry such as `2024-12-24 Christmas Eve`")
        read = reading.parsed(scalar, read_entry) if scalar else None
    return _placed(reading, *read, value) if read else None


def _imported(reading: Reading, file: Scalar) -> Import | None:
    from tocsin.hours.file.imported import read_import  # the library for iCalendar takes its time to load

    return read_import(reading, file)


def _placed(reading: Reading, when: When, reason: str, value: Value) -> Entry | None:
    """The entry; a wall clock outside of a calendar is the one of the file's zone, if it has one."""
    if isinstance(when, Wall) and not reading.inside:
        zone = zone_named(reading.zone) if reading.zone else None
        if zone is None:
            reading.report(catalogue.time_without_zone(when_text(when), head(value)))
            return None
        when = Exact(epoch_of(zone, when.start), epoch_of(zone, when.end))
        if when.end <= when.start:
            reading.report(catalogue.reversed_range(head(value)))
            return None
    return Entry(when, reason, line=reading.line(value.span))
