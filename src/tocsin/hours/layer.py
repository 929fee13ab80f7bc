"""One list of a calendar (its closures, say) made ready: which entries reach into a window of time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from msgspec import Struct

from tocsin.hours.calendars import DAY, WHOLE_DAY, Days, Entry, Exact, Recurring, Shift, Wall
from tocsin.hours.recurrence import occurs
from tocsin.hours.timeline import Painted, Timeline
from tocsin.hours.zones import day_number, day_of, epoch_of, zone_named

_KEPT_DAYS = 4_096


class _Daily(Struct, frozen=True):
    """An entry that is asked day by day. `zone` is set for shifts that are brought to exact instants."""

    rank: tuple[int, int]
    entry: Entry
    shifts: tuple[Shift, ...]
    zone: ZoneInfo | None


class Layer:
    """Entries by what they need: fixed ranges are flattened once, the others are asked once for each day.

    Of entries that overlap, the first written is seen.
    """

    def __init__(self, rank: int, entries: tuple[Entry, ...]) -> None:
        wall: list[Painted[Entry]] = []
        exact: list[Painted[Entry]] = []
        self._daily: list[_Daily] = []
        self._begun: dict[int, list[_Daily]] = {}
        for index, entry in enumerate(entries):
            place = (rank, index)
            match entry.when:
                case Wall(start, end):
                    wall.append(Painted(start, end, place, entry))
                case Exact(start, end):
                    exact.append(Painted(start, end, place, entry))
                case Days(first, last, ()):
                    begin, stop = day_number(first) * DAY, day_number(last) * DAY + DAY
                    wall.append(Painted(begin, stop, place, entry))
                case Days(_, _, shifts):
                    self._daily.append(_Daily(place, entry, shifts, None))
                case Recurring(_, shifts, zone):
                    self._daily.append(_Daily(place, entry, shifts or (WHOLE_DAY,), zone_named(zone) if zone else None))
        self._wall, self._exact = Timeline(wall), Timeline(exact)
        self._longest = max((shift.end for daily in self._daily for shift in daily.shifts), default=0)

    def within(self, start: int, end: int, ahead: int) -> Iterator[Painted[Entry]]:
        """The entries' ranges in a window of epoch seconds with one offset, cut to it."""
        for each in self._wall.within(start + ahead, end + ahead):
            yield Painted(each.start - ahead, each.end - ahead, each.rank, each.what)
        yield from self._exact.within(start, end)
        for daily, low, high in self._ranges(start, end, ahead) if self._daily else ():
            if low < end and high > start:
                yield Painted(max(low, start), min(high, end), daily.rank, daily.entry)

    def _ranges(self, start: int, end: int, ahead: int) -> Iterator[tuple[_Daily, int, int]]:
        """The ranges of all days, in whatever zone, that can reach into the window."""
        for number in range((start - DAY - self._longest) // DAY, (end + DAY) // DAY + 1):
            midnight = number * DAY
            for daily in self._beginning(number):
                for shift in daily.shifts:
                    low, high = midnight + shift.start, midnight + shift.end
                    if daily.zone is None:
                        yield daily, low - ahead, high - ahead
                    elif low - DAY < end and high + DAY > start:
                        yield daily, epoch_of(daily.zone, low), epoch_of(daily.zone, high)

    def _beginning(self, number: int) -> list[_Daily]:
        """The entries with shifts that begin on that day."""
        found = self._begun.get(number)
        if found is None:
            if len(self._begun) >= _KEPT_DAYS:
                self._begun.clear()
            day = day_of(number)
            self._begun[number] = found = [daily for daily in self._daily if _holds(daily.entry, day)]
        return found


def _holds(entry: Entry, day: date) -> bool:
    match entry.when:
        case Days(first, last):
            return first <= day <= last
        case Recurring(rule):
            return occurs(rule, day)
        case _:
            return False
