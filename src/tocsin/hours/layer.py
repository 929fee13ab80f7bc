"""One list of a calendar (its closures, say) made ready: which entries reach into a window of time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from tocsin.hours.calendars import DAY, WHOLE_DAY, Days, Entry, Exact, Recurring, Shift, Wall
from tocsin.hours.recurrence import occurs
from tocsin.hours.timeline import Painted, Timeline
from tocsin.hours.zones import day_number, day_of, epoch_of, zone_named


class Layer:
    """Entries by what they need: fixed ranges are flattened once, the others are asked day by day.

    Of entries that overlap, the first written is seen.
    """

    def __init__(self, rank: int, entries: tuple[Entry, ...]) -> None:
        wall: list[Painted[Entry]] = []
        exact: list[Painted[Entry]] = []
        self._daily: list[tuple[tuple[int, int], Entry]] = []
        for index, entry in enumerate(entries):
            match entry.when:
                case Wall(start, end):
                    wall.append(Painted(start, end, (rank, index), entry))
                case Exact(start, end):
                    exact.append(Painted(start, end, (rank, index), entry))
                case Days(first, last, ()):
                    begin, stop = day_number(first) * DAY, day_number(last) * DAY + DAY
                    wall.append(Painted(begin, stop, (rank, index), entry))
                case _:
                    self._daily.append(((rank, index), entry))
        self._wall, self._exact = Timeline(wall), Timeline(exact)

    def within(self, start: int, end: int, ahead: int) -> Iterator[Painted[Entry]]:
        """The entries' ranges in a window of epoch seconds with one offset, cut to it."""
        for each in self._wall.within(start + ahead, end + ahead):
            yield Painted(each.start - ahead, each.end - ahead, each.rank, each.what)
        yield from self._exact.within(start, end)
        for rank, entry in self._daily:
            for low, high in _daily_ranges(entry, start, end, ahead):
                if low < end and high > start:
                    yield Painted(max(low, start), min(high, end), rank, entry)


def _daily_ranges(entry: Entry, start: int, end: int, ahead: int) -> Iterator[tuple[int, int]]:
    match entry.when:
        case Days(first, last, shifts):
            for day in _days(start + ahead, end + ahead, shifts):
                if first <= day <= last:
                    yield from _on_wall(day, shifts, ahead)
        case Recurring(rule, shifts, zone_name):
            shifts = shifts or (WHOLE_DAY,)
            zone = zone_named(zone_name) if zone_name else None
            window = (start - DAY, end + DAY) if zone else (start + ahead, end + ahead)
            for day in _days(*window, shifts):
                if occurs(rule, day):
                    yield from _in_zone(day, shifts, zone) if zone else _on_wall(day, shifts, ahead)


def _days(start: int, end: int, shifts: tuple[Shift, ...]) -> Iterator[date]:
    """The days whose shifts can reach into a window of wall seconds."""
    longest = max(shift.end for shift in shifts)
    for number in range((start - longest) // DAY, (end - 1) // DAY + 1):
        yield day_of(number)


def _on_wall(day: date, shifts: tuple[Shift, ...], ahead: int) -> Iterator[tuple[int, int]]:
    midnight = day_number(day) * DAY - ahead
    for shift in shifts:
        yield midnight + shift.start, midnight + shift.end


def _in_zone(day: date, shifts: tuple[Shift, ...], zone: ZoneInfo) -> Iterator[tuple[int, int]]:
    midnight = day_number(day) * DAY
    for shift in shifts:
        yield epoch_of(zone, midnight + shift.start), epoch_of(zone, midnight + shift.end)
