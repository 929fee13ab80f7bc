"""Writes hours as the text of a calendar file, with comments for whoever edits it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from tocsin.hours.calendars import (
    WHOLE_DAY,
    Calendar,
    Days,
    Entry,
    HolidaySource,
    Import,
    Listed,
    Recurring,
    Shift,
    Validity,
)
from tocsin.hours.file.entry_text import read_entry
from tocsin.hours.file.reading import BadTextError
from tocsin.hours.rules import Hours, Rule
from tocsin.hours.written import bound_text, shifts_text, when_text

_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PLAIN = re.compile(r"[A-Za-z0-9/._+-][A-Za-z0-9 *?/.:_@+(),;='-]*")
_NOT_PLAIN = re.compile(r"[0-9]+|(?i:null|true|false|yes|no|on|off|y|n)|.*(?:: | #).*|.*[:,;\s]|[?-](?:\s.*)?")
_LISTS = (("closed", "closed"), ("open", "opened"), ("freezes", "freezes"), ("maintenance", "maintenance"))


class Comments(Struct, frozen=True):
    """Lines to write above the file, above a calendar (by name) and above a rule (by number from 0)."""

    head: Sequence[str] = ()
    calendars: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rules: Mapping[int, Sequence[str]] = field(default_factory=dict)


NO_COMMENTS = Comments()


def dump(hours: Hours, comments: Comments = NO_COMMENTS) -> str:
    """The text of a calendar file that reads as these hours.

    What an .ics file brought in is written as its import. Raises ValueError for a recurring entry with a zone
    or exceptions of its own outside of an import: a calendar file has no words for it.
    """
    return "".join(f"{line}\n" for line in _file(hours, comments))


def _file(hours: Hours, comments: Comments) -> Iterator[str]:
    yield from _comment(comments.head, "")
    if hours.zone != "UTC":
        yield f"zone: {hours.zone}"
    yield "calendars:" if hours.calendars else "calendars: {}"
    for calendar in hours.calendars.values():
        yield from _comment(comments.calendars.get(calendar.name, ()), "  ")
        yield f"  {text(calendar.name)}:"
        yield from (f"    {line}" for line in _calendar(calendar))
    for key, listed in (("freezes", hours.freezes), ("maintenance", hours.maintenance)):
        yield from _listed(key, listed)
    if hours.units:
        yield "units:"
        yield from (f"  {text(name)}: {_flow(accounts)}" for name, accounts in hours.units.items())
    if hours.rules:
        yield "assign:"
    for number, rule in enumerate(hours.rules):
        yield from _comment(comments.rules.get(number, ()), "  ")
        for at, line in enumerate(_rule(rule)):
            yield f"  {' ' if at else '-'} {line}"
    if hours.default:
        yield f"default: {text(hours.default)}"


def _calendar(calendar: Calendar) -> Iterator[str]:
    yield f"zone: {calendar.zone}"
    yield from _week(calendar.week)
    yield from _validity(calendar.validity)
    if calendar.holidays:
        yield f"holidays: [{', '.join(_source(each) for each in calendar.holidays)}]"
    for key, attribute in _LISTS:
        yield from _listed(key, getattr(calendar, attribute))


def _week(week: tuple[tuple[Shift, ...], ...]) -> Iterator[str]:
    """Neighbouring days with the same hours on one line."""
    yield "week:" if any(week) else "week: {}"
    first = 0
    for day in range(1, 8):
        if day < 7 and week[day] == week[first]:
            continue
        if week[first]:
            name = _NAMES[first] if day - first == 1 else f"{_NAMES[first]}-{_NAMES[day - 1]}"
            yield f"  {name}: {_hours(week[first])}"
        first = day


def _hours(shifts: tuple[Shift, ...]) -> str:
    return "all day" if shifts == (WHOLE_DAY,) else shifts_text(shifts)


def _source(source: HolidaySource) -> str:
    if not source.categories:
        return text(f"{source.country}-{source.subdivision}" if source.subdivision else source.country)
    part = f"subdivision: {text(source.subdivision)}, " if source.subdivision else ""
    return f"{{country: {text(source.country)}, {part}categories: {_flow(source.categories)}}}"


def _validity(validity: Validity) -> Iterator[str]:
    if validity.since is not None:
        yield f"from: {bound_text(validity.since)}"
    if validity.until is not None:
        yield f"until: {bound_text(validity.until)}"


def _listed(key: str, listed: Listed) -> Iterator[str]:
    if listed:
        yield f"{key}:"
    for each in listed:
        lines = [f"ics: {text(each.path)}"] if isinstance(each, Import) else list(_entry(each))
        yield from (f"  {' ' if at else '-'} {line}" for at, line in enumerate(lines))


def _entry(entry: Entry) -> Iterator[str]:
    """One line where it reads back as the same entry, else a mapping."""
    if isinstance(entry.when, Recurring):
        yield from _recurring(entry.when, entry.reason)
        return
    line = f"{when_text(entry.when)} {entry.reason}".rstrip()
    try:
        if read_entry(line) == (entry.when, entry.reason):
            yield text(line)
            return
    except BadTextError:
        pass
    yield from _mapping(entry)


def _mapping(entry: Entry) -> Iterator[str]:
    when = entry.when
    first, _, last = when_text(replace(when, shifts=()) if isinstance(when, Days) else when).partition(" to ")
    yield f"from: {first}" if last else f"date: {first}"
    if last:
        yield f"until: {last}"
    if isinstance(when, Days) and when.shifts:
        yield f"hours: {_hours(when.shifts)}"
    if entry.reason:
        yield f"reason: {text(entry.reason)}"


def _recurring(when: Recurring, reason: str) -> Iterator[str]:
    rule = when.rule
    if when.zone or rule.excluded or rule.added:
        raise ValueError("a recurring entry with a zone or exceptions of its own cannot be written")
    yield f"every: {text(rule.text)}"
    yield f"from: {rule.start.isoformat()}"
    if rule.until is not None and not re.search("UNTIL|COUNT", rule.text, re.IGNORECASE):
        yield f"until: {rule.until.isoformat()}"
    if when.shifts:
        yield f"hours: {_hours(when.shifts)}"
    if reason:
        yield f"reason: {text(reason)}"


def _rule(rule: Rule) -> Iterator[str]:
    if rule.name:
        yield f"name: {text(rule.name)}"
    for condition in rule.conditions:
        yield f"{condition.field}: {text(condition.globs[0]) if len(condition.globs) == 1 else _flow(condition.globs)}"
    if rule.robot:
        yield "robot: true"
    yield f"calendar: {text(rule.calendar)}"
    yield from _validity(rule.validity)


def _flow(texts: Sequence[str]) -> str:
    quoted = (json.dumps(each, ensure_ascii=False) if "," in each else text(each) for each in texts)
    return f"[{', '.join(quoted)}]"


def text(value: str) -> str:
    """A YAML scalar: plain where any reader takes that for this text, else in double quotes (JSON's are YAML's)."""
    plain = _PLAIN.fullmatch(value) and not _NOT_PLAIN.fullmatch(value)
    return value if plain else json.dumps(value, ensure_ascii=False)


def _comment(lines: Sequence[str], indent: str) -> Iterator[str]:
    for line in lines:
        for part in line.splitlines() or [""]:
            yield f"{indent}# {part}".rstrip()
