"""The events of an iCalendar text as entries: whole days, moments, recurring ones with their exceptions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from tocsin.hours.calendars import DAY, Days, Entry, Exact, Recurring, Shift, Wall, When
from tocsin.hours.file.ics_events import BadEventError, Block, Properties, Time, properties, times
from tocsin.hours.recurrence import Recurrence
from tocsin.hours.recurrence_text import BadRecurrenceError, Budget, parse_recurrence
from tocsin.hours.zones import day_of, epoch_of, wall_of, zone_named

MAX_RECURRING_DAYS = 31
_DURATION = re.compile(r"([+-])?P(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?")


class Event(Struct, frozen=True):
    """One event read: when, without its exceptions; `replaces` is the moment of a series that it stands for.

    `when` is None if it takes place at no time: cancelled, or of no length.
    """

    line: int
    uid: str
    reason: str
    begin: Time
    when: When | None
    replaces: Time | None = None


def read_event(block: Block, budget: Budget) -> Event:
    """Raises BadEventError for what cannot be read, or would be imported wrongly."""
    found = properties(block)
    begin = _only(found, "DTSTART")
    if begin is None:
        raise BadEventError("the event has no `DTSTART`")
    replaces = _only(found, "RECURRENCE-ID")
    if replaces is not None and "RANGE" in found["RECURRENCE-ID"][0].parameters:
        raise BadEventError("the event changes a series from one day on (`RANGE`), which is not supported")
    when = None if _text(found, "STATUS").upper() == "CANCELLED" else _when(found, begin, budget)
    reason = " ".join(_text(found, "SUMMARY").split())
    return Event(block.line, _text(found, "UID"), reason, begin, when, replaces)


def entries(events: list[Event], file: str) -> Iterator[Entry]:
    """Entries in the file's order; a series leaves out the days for which another event stands."""
    replaced: dict[str, set[date]] = {}
    series = {event.uid: event for event in events if isinstance(event.when, Recurring)}
    for event in events:
        if event.replaces is not None and event.uid in series:
            replaced.setdefault(event.uid, set()).add(_day_in(event.replaces, series[event.uid].begin))
    for event in events:
        when = event.when
        if isinstance(when, Recurring) and event.uid in replaced:
            rule = replace(when.rule, excluded=when.rule.excluded | replaced[event.uid])
            when = replace(when, rule=rule)
        if when is not None:
            yield Entry(when, event.reason, file, line=event.line)


def _when(found: Properties, begin: Time, budget: Budget) -> When | None:
    end = _end(found, begin)
    if "RRULE" in found or "RDATE" in found:
        return _series(found, begin, end, budget)
    if begin.date:
        first, last = day_of(begin.wall // DAY), day_of(end.wall // DAY - 1)
        return Days(first, last) if last >= first else None
    if not begin.zone and not end.zone:
        return Wall(begin.wall, end.wall) if end.wall > begin.wall else None
    low, high = _instant(begin), _instant(end)
    return Exact(low, high) if high > low else None


def _end(found: Properties, begin: Time) -> Time:
    end = _only(found, "DTEND")
    if end is not None:
        if end.date != begin.date or bool(end.zone) != bool(begin.zone):
            raise BadEventError("`DTSTART` and `DTEND` are of two kinds: date or moment, with a zone or without")
        return end
    if "DURATION" not in found:
        return replace(begin, wall=begin.wall + DAY) if begin.date else begin
    length = _duration(found["DURATION"][0].value)
    if begin.zone and not begin.date:
        return Time(wall_of(begin.zone, _instant(begin) + length), begin.zone)
    return replace(begin, wall=begin.wall + length)


def _duration(text: str) -> int:
    read = _DURATION.fullmatch(text.strip().upper())
    if not read or read[1] == "-":
        raise BadEventError(f"`DURATION:{text[:40]}` is no length of time")
    weeks, days, hours, minutes, seconds = (int(read[group] or 0) for group in range(2, 7))
    return ((weeks * 7 + days) * 24 + hours) * 3_600 + minutes * 60 + seconds


def _series(found: Properties, begin: Time, end: Time, budget: Budget) -> Recurring | None:
    length = end.wall - begin.wall
    if end.zone != begin.zone and not begin.date:
        length = _instant(end) - _instant(begin)
    if length <= 0:
        return None
    if length > MAX_RECURRING_DAYS * DAY:
        raise BadEventError(f"the event recurs and is longer than {MAX_RECURRING_DAYS} days, which is not supported")
    day, second = day_of(begin.wall // DAY), begin.wall % DAY
    rule = _rule(found, day, begin, budget)
    excluded = frozenset(_day_in(each, begin) for each in _all(found, "EXDATE"))
    added = frozenset(_added(each, begin) for each in _all(found, "RDATE"))
    rule = replace(rule, excluded=excluded, added=added)
    shifts = () if begin.date and length == DAY else (Shift(second, second + length),)
    return Recurring(rule, shifts, begin.zone)


def _rule(found: Properties, day: date, begin: Time, budget: Budget) -> Recurrence:
    if "RRULE" not in found:
        return Recurrence(day, "DAILY", until=day)
    try:
        return parse_recurrence(found["RRULE"][0].value, day, begin.wall % DAY, begin.zone, budget)
    except BadRecurrenceError as error:
        raise BadEventError(str(error)) from error


def _day_in(time: Time, begin: Time) -> date:
    """The day of an occurrence, as the series counts days: in the zone of its begin."""
    wall = time.wall
    if time.zone and begin.zone and time.zone != begin.zone:
        wall = wall_of(begin.zone, _instant(time))
    return day_of(wall // DAY)


def _added(time: Time, begin: Time) -> date:
    if time.date != begin.date or time.zone != begin.zone or time.wall % DAY != begin.wall % DAY:
        raise BadEventError("`RDATE` is at another time of day than the event, which is not supported")
    return day_of(time.wall // DAY)


def _instant(time: Time) -> int:
    zone = zone_named(time.zone or "UTC")
    assert zone is not None
    return epoch_of(zone, time.wall)


def _all(found: Properties, name: str) -> Iterator[Time]:
    for each in found.get(name, ()):
        yield from times(each)


def _only(found: Properties, name: str) -> Time | None:
    every = times(found[name][0]) if name in found else []
    if len(every) > 1:
        raise BadEventError(f"`{name}` has several values")
    return every[0] if every else None


def _text(found: Properties, name: str) -> str:
    return found[name][0].value.strip() if name in found else ""
