"""The events of an iCalendar text, one after another, each as the few properties that matter here.

An event is cut out of the text before it is parsed, so that memory does not grow with their number; each has a
bounded size. To-dos, journals, time zone definitions and alarms are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from icalendar.parser import Contentlines
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON
from msgspec import Struct

from tocsin.hours.calendars import DAY
from tocsin.hours.file.reading import BadTextError
from tocsin.hours.file.times import read_date
from tocsin.hours.zones import day_number, zone_named

MAX_EVENT = 1 << 16
_WANTED = frozenset(
    ("UID", "SUMMARY", "STATUS", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
)
_SEVERAL = frozenset(("RDATE", "EXDATE"))
_TIME = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z?))?")


class BadEventError(ValueError):
    """The event cannot be imported; the message says why."""


class Block(Struct, frozen=True):
    """The lines of one event: its text, where it begins, and on which line."""

    text: str
    start: int
    line: int


class Time(Struct, frozen=True):
    """A moment of an event in wall seconds. `zone` is "" for a floating time; a date has no time of day."""

    wall: int
    zone: str = ""
    date: bool = False


class Property(Struct, frozen=True):
    value: str
    parameters: dict[str, str]


Properties = dict[str, list[Property]]


def blocks(text: str) -> Iterator[Block]:
    """The events in order; what begins and never ends counts as one up to the end of the text."""
    begun: tuple[int, int] | None = None
    at, line = 0, 0
    while at < len(text):
        stop = text.find("\n", at)
        after = len(text) if stop < 0 else stop + 1
        line += 1
        if after - at < 40:
            word = text[at:after].strip().upper()
            if word == "BEGIN:VEVENT" and begun is None:
                begun = (at, line)
            elif word == "END:VEVENT" and begun is not None:
                yield Block(text[begun[0] : after], *begun)
                begun = None
        at = after
    if begun is not None:
        yield Block(text[begun[0] :], *begun)


def properties(block: Block) -> Properties:
    """What the event says, names in upper case. Raises BadEventError."""
    if len(block.text) > MAX_EVENT:
        raise BadEventError(f"the event is longer than {MAX_EVENT // 1024} KiB")
    found: Properties = {}
    depth = 0
    try:
        for line in Contentlines.from_ical(block.text):  # type: ignore[no-untyped-call]
            name = re.split("[:;]", line, maxsplit=1)[0].upper()
            depth += (name == "BEGIN") - (name == "END")
            if depth == 1 and name in _WANTED:
                _, parameters, value = line.parts()
                found.setdefault(name, []).append(Property(str(value), _texts(parameters)))
    except ValueError as error:
        raise BadEventError(f"the event has a line that cannot be read: {str(error)[:120]}") from error
    if depth != 0:
        raise BadEventError("the event begins and never ends")
    for name, values in found.items():
        if len(values) > 1 and name not in _SEVERAL:
            raise BadEventError(f"the event has several `{name}`")
    return found


def times(found: Property) -> list[Time]:
    """The dates or moments of a property. Raises BadEventError, also for periods."""
    return [_time(each, found.parameters) for each in found.value.split(",")]


def _texts(parameters: dict[str, str | list[str]]) -> dict[str, str]:
    return {name.upper(): value if isinstance(value, str) else ",".join(value) for name, value in parameters.items()}


def _time(text: str, parameters: dict[str, str]) -> Time:
    read = _TIME.fullmatch(text.strip())
    if not read:
        raise BadEventError(f"`{text[:40]}` is neither a date nor a moment")
    try:
        midnight = day_number(read_date(f"{read[1]}-{read[2]}-{read[3]}")) * DAY
    except BadTextError as error:
        raise BadEventError(f"`{text[:40]}` is not in the calendar") from error
    if read[4] is None:
        return Time(midnight, date=True)
    hour, minute, second = (int(read[group]) for group in (4, 5, 6))
    if hour > 23 or minute > 59 or second > 60:
        raise BadEventError(f"`{text[:40]}` has no such time of day")
    zone = "UTC" if read[7] else _zone(parameters.get("TZID", ""))
    return Time(midnight + hour * 3_600 + minute * 60 + min(second, 59), zone)


@lru_cache(maxsize=256)
def _zone(name: str) -> str:
    """The IANA name of a TZID: as it is, behind a vendor's prefix, or by Windows' own names."""
    parts = name.split("/")
    for start in range(len(parts)):
        candidate = "/".join(parts[start:])
        if candidate and zone_named(candidate) is not None:
            return candidate
    if name and name not in WINDOWS_TO_OLSON:
        raise BadEventError(f"the event is in a time zone `{name[:60]}` that is not known")
    return WINDOWS_TO_OLSON.get(name, "")
