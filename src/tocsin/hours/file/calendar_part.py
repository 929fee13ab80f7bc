"""The calendars of a file: zone, weekly hours, holidays, lists, validity."""

from __future__ import annotations

from tocsin.content.yaml_value import Entries, Value
from tocsin.diagnostics.catalogue import hours as catalogue
from tocsin.hours.calendars import (
    ALWAYS,
    DAY,
    FOREVER,
    NONE,
    Calendar,
    Days,
    Listed,
    Recurring,
    Validity,
    entries_of,
)
from tocsin.hours.file.holidays_part import read_holidays
from tocsin.hours.file.lists import read_list
from tocsin.hours.file.reading import Reading, head, joined
from tocsin.hours.file.times import read_stamp
from tocsin.hours.file.week import Week, read_week

KEYS = ("zone", "week", "holidays", "closed", "open", "freezes", "maintenance", "from", "until")
MAX_CALENDARS = 1_000
MAX_DAILY = 1_000
"""Days of all entries of one calendar that recur, or repeat hours over days: asked for each day, they cost time."""


def read_calendars(reading: Reading, value: Value) -> dict[str, Calendar]:
    """The calendars by name; one with problems is reported and still there, so that rules can name it."""
    named = reading.mapping(value, "calendars")
    found: dict[str, Calendar] = {}
    for name, each in (named.values if named else {}).items():
        assert named is not None
        if name in (ALWAYS, NONE):
            reading.report(catalogue.reserved_name(name, named.keys[name]))
        if len(found) == MAX_CALENDARS:
            reading.report(catalogue.too_many("calendars", MAX_CALENDARS, named.keys[name]))
            break
        found[name] = _calendar(reading, name, each, reading.line(named.keys[name]))
    return found


def _calendar(reading: Reading, name: str, value: Value, line: int) -> Calendar:
    path, outside = joined("calendars", name), (reading.zone, reading.inside)
    fields = reading.mapping(value, path, KEYS) or Entries({}, {}, value.span)
    zone = _zone(reading, fields, path)
    reading.zone, reading.inside = zone, True
    lists = {key: _listed(reading, fields, key, path) for key in ("closed", "open", "freezes", "maintenance")}
    calendar = Calendar(
        name,
        zone,
        _week(reading, fields, path),
        read_holidays(reading, fields.values["holidays"], f"{path}.holidays") if "holidays" in fields.values else (),
        lists["closed"],
        lists["open"],
        lists["freezes"],
        lists["maintenance"],
        read_validity(reading, fields, path),
        line=line,
    )
    _check_daily(reading, calendar, value)
    reading.zone, reading.inside = outside
    return calendar


def _zone(reading: Reading, fields: Entries, path: str) -> str:
    if "zone" in fields.values:
        return reading.zone_name(fields.values["zone"], joined(path, "zone"))
    if not reading.zone:
        help = "add `zone`, here or for the whole file, such as `zone: Europe/Berlin`"
        reading.report(catalogue.missing_key(joined(path, "zone"), head(fields), help))
    return reading.zone


def _week(reading: Reading, fields: Entries, path: str) -> Week:
    if "week" in fields.values:
        return read_week(reading, fields.values["week"], joined(path, "week"))
    reading.report(
        catalogue.missing_key(joined(path, "week"), head(fields), "add `week`, such as `mon-fri: 08:00-18:00`")
    )
    return ((),) * 7


def _listed(reading: Reading, fields: Entries, key: str, path: str) -> Listed:
    if key not in fields.values:
        return ()
    return read_list(reading, fields.values[key], joined(path, key), with_hours=key == "open")


def _check_daily(reading: Reading, calendar: Calendar, value: Value) -> None:
    entries = entries_of(calendar.closed + calendar.opened + calendar.freezes + calendar.maintenance)
    if count_daily(entries) > MAX_DAILY:
        reading.report(catalogue.too_many(f"days of recurring entries in `{calendar.name}`", MAX_DAILY, head(value)))


def count_daily(entries: Listed) -> int:
    """How many days the entries that are asked day by day are long, together."""
    days = 0
    for each in entries_of(entries):
        match each.when:
            case Recurring(_, shifts) | Days(_, _, shifts) if shifts or isinstance(each.when, Recurring):
                days += max((-(-shift.end // DAY) for shift in shifts), default=1)
    return days


def read_validity(reading: Reading, fields: Entries, path: str) -> Validity:
    """The keys `from` and `until`."""
    bounds = {}
    for key in ("from", "until"):
        scalar = reading.scalar(fields.values[key], joined(path, key), "a date") if key in fields.values else None
        stamp = reading.parsed(scalar, read_stamp) if scalar else None
        if scalar is None or stamp is None:
            continue
        bounds[key] = stamp.bound(reading.zone)
        if bounds[key] is None:
            reading.report(catalogue.time_without_zone(scalar.text, scalar.span))
    since, until = bounds.get("from"), bounds.get("until")
    if type(since) is type(until) and since is not None and until is not None and _backwards(since, until):
        reading.report(catalogue.reversed_range(fields.values["until"].span))
    return Validity(since, until) if bounds else FOREVER


def _backwards(since: object, until: object) -> bool:
    if isinstance(since, int) and isinstance(until, int):
        return until <= since
    return str(until) < str(since)
