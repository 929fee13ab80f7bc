"""A business calendar as a value: whose wall clock, which weekly hours, and what is different on which days.

Three kinds of number stand for time. *Seconds of a day* count from local midnight. *Wall seconds* are what
a wall clock shows, as seconds since it showed 1970-01-01 00:00, without any zone. *Epoch seconds* are exact
instants. Every range is half-open: its start is inside, its end is outside.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from tocsin.hours.recurrence import Recurrence
from tocsin.placed import Placed

DAY = 86_400
ALWAYS = "always"
NONE = "none"


class Shift(Struct, frozen=True):
    """Seconds of a day; an `end` past 86,400 runs into the next day (22:00-06:00)."""

    start: int
    end: int


WHOLE_DAY = Shift(0, DAY)


class Days(Struct, frozen=True):
    """Each local day from `first` through `last`, both inclusive: all of it, or only the shifts."""

    first: date
    last: date
    shifts: tuple[Shift, ...] = ()


class Wall(Struct, frozen=True):
    """A range of wall seconds of the calendar's own zone. A repeated hour (DST) is inside both times."""

    start: int
    end: int


class Exact(Struct, frozen=True):
    """A range of epoch seconds."""

    start: int
    end: int


class Recurring(Struct, frozen=True):
    """The days that a rule gives: all of each, or only the shifts.

    With a `zone` the days and shifts are that zone's, and both ends are brought to exact instants; without
    one they are the calendar's own wall clock.
    """

    rule: Recurrence
    shifts: tuple[Shift, ...] = ()
    zone: str = ""


When = Days | Wall | Exact | Recurring


class Lined(Placed, frozen=True, kw_only=True):
    """`line` counts from 1 in the file that says it, 0 for what no file holds."""

    line: int = 0


class Entry(Lined, frozen=True):
    """One line of a list of closures, openings, freezes or maintenance windows.

    `reason` is "" where none is written. `file` is set only for an entry that an iCalendar file brought in.
    """

    when: When
    reason: str = ""
    file: str = ""


class Import(Lined, frozen=True):
    """The entries of one iCalendar file; `path` is as written, relative to the calendar file's folder."""

    path: str
    entries: tuple[Entry, ...]


Listed = tuple[Entry | Import, ...]


class HolidaySource(Struct, frozen=True):
    """Public holidays of a country (ISO 3166-1) and, if not "", one of its subdivisions (ISO 3166-2).

    `categories` are kinds of holidays besides the public ones, by the library's names: `bank`, `catholic`, ...
    """

    country: str
    subdivision: str = ""
    categories: tuple[str, ...] = ()


Bound = date | int
"""An end of validity: a local day of the calendar's zone, or an exact instant in epoch seconds."""


class Validity(Struct, frozen=True):
    """From when until when; None is for ever. A day as `until` is included, an instant is not."""

    since: Bound | None = None
    until: Bound | None = None


FOREVER = Validity()


class Calendar(Lined, frozen=True):
    """Who works when. `week` has seven days, Monday first, each with its shifts by start.

    The lists beat the weekly hours in this order: freezes, maintenance, opened, closed, holidays.
    """

    name: str
    zone: str
    week: tuple[tuple[Shift, ...], ...]
    holidays: tuple[HolidaySource, ...] = ()
    closed: Listed = ()
    opened: Listed = ()
    freezes: Listed = ()
    maintenance: Listed = ()
    validity: Validity = FOREVER


def built_in(name: str, zone: str) -> Calendar:
    """The calendar that is open `always`, or the one with `none` open at all."""
    day = (WHOLE_DAY,) if name == ALWAYS else ()
    return Calendar(name, zone, (day,) * 7)


def entries_of(listed: Listed) -> tuple[Entry, ...]:
    """The entries of a list, imported ones where their import stands."""
    found: list[Entry] = []
    for each in listed:
        found.extend(each.entries if isinstance(each, Import) else (each,))
    return tuple(found)
