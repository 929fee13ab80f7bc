"""The weekly hours of a calendar: which days, which hours, and that no two overlap."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tocsin.content.yaml_value import Entries, Scalar, Value
from tocsin.diagnostics.catalogue import hours as catalogue
from tocsin.hours.calendars import DAY, Shift
from tocsin.hours.file.reading import Reading, head, joined
from tocsin.hours.file.times import read_shifts
from tocsin.hours.written import shift_text
from tocsin.source import Span

Week = tuple[tuple[Shift, ...], ...]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CLOSED = ("closed", "off")
_RANGE = re.compile(r"([a-z]+)\s*[-–]\s*([a-z]+)")


def read_week(reading: Reading, value: Value, path: str) -> Week:
    """Seven days of shifts, Monday first; days that are not named are closed."""
    before = len(reading.found)
    days: list[list[tuple[Shift, Span]]] = [[] for _ in WEEKDAYS]
    named = reading.mapping(value, path)
    for key, hours in (named.values if named else {}).items():
        assert named is not None
        placed = list(_shifts(reading, hours, joined(path, key)))
        for day in _days(reading, key, named.keys[key]):
            days[day].extend(placed)
    for each in days:
        each.sort(key=lambda pair: (pair[0].start, pair[1].start))
    _check(reading, days, path)
    week = tuple(tuple(shift for shift, _ in each) for each in days)
    if not any(week) and len(reading.found) == before:
        reading.report(catalogue.nothing_open(path, value.span))
    return week


def weekdays(text: str) -> tuple[int, ...]:
    """The weekdays that a key names, Monday 0; () if it names none.

    >>> weekdays("sun-thu")
    (6, 0, 1, 2, 3)
    """
    found: list[int] = []
    for piece in text.lower().split(","):
        days = _named(piece.strip())
        if not days:
            return ()
        found.extend(day for day in days if day not in found)
    return tuple(found)


def _named(text: str) -> tuple[int, ...]:
    if text == "daily":
        return tuple(range(7))
    read = _RANGE.fullmatch(text)
    first, last = (_weekday(read[1]), _weekday(read[2])) if read else (_weekday(text),) * 2
    if first is None or last is None:
        return ()
    return tuple((first + step) % 7 for step in range((last - first) % 7 + 1))


def _weekday(text: str) -> int | None:
    """A weekday by its English name or at least three letters of it."""
    for number, name in enumerate(WEEKDAYS):
        if len(text) >= 3 and name.startswith(text):
            return number
    return None


def _days(reading: Reading, key: str, span: Span) -> tuple[int, ...]:
    days = weekdays(key)
    if not days:
        reading.report(catalogue.bad_weekday(key, span))
    return days


def _shifts(reading: Reading, value: Value, path: str) -> Iterator[tuple[Shift, Span]]:
    if isinstance(value, Entries):
        reading.report(catalogue.wrong_kind(path, "hours", head(value)))
        return
    for scalar in reading.scalars(value, path, "hours such as `08:00-18:00`, or `closed`,"):
        yield from _scalar_shifts(reading, scalar)


def _scalar_shifts(reading: Reading, scalar: Scalar) -> Iterator[tuple[Shift, Span]]:
    if scalar.text.strip().lower() in CLOSED:
        return
    for shift in reading.parsed(scalar, read_shifts) or ():
        yield shift, scalar.span


def _check(reading: Reading, days: list[list[tuple[Shift, Span]]], path: str) -> None:
    """Reports shifts that overlap, also over midnight; each pair of places once."""
    reported: set[tuple[int, int]] = set()
    line = [(day * DAY, shift, span) for day, each in enumerate(days) for shift, span in each]
    again = [(at + 7 * DAY, shift, span) for at, shift, span in line if at == 0]
    for (at, shift, span), (next_at, following, other) in zip(line, [*line[1:], *again], strict=False):
        pair = (span.start, other.start)
        if at + shift.end > next_at + following.start and pair not in reported:
            reported.add(pair)
            names = (_name(at, shift), _name(next_at, following))
            reading.report(catalogue.overlapping_hours(path, *names, other))


def _name(at: int, shift: Shift) -> str:
    return f"{WEEKDAYS[at // DAY % 7][:3]} {shift_text(shift)}"
