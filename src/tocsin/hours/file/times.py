"""Times of day, hours and moments as text: `08:00`, `08:00-12:00, 13:00-17:00`, `2024-12-24 08:00Z`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import partial

from msgspec import Struct

from tocsin.diagnostics.catalogue import hours as catalogue
from tocsin.hours.calendars import DAY, WHOLE_DAY, Bound, Shift
from tocsin.hours.file.reading import BadTextError
from tocsin.hours.zones import day_number, epoch_of, zone_named

CLOCK = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
OFFSET = r"Z|[+-][0-9]{2}:[0-9]{2}"
_SHIFT = re.compile(rf"\s*({CLOCK})\s*[-–]\s*({CLOCK})\s*")
_STAMP = re.compile(rf"\s*({DATE})(?:(?:T|\s+)({CLOCK})\s*({OFFSET})?)?\s*")
_WHOLE = ("all day", "00:00-24:00")


class Stamp(Struct, frozen=True):
    """A date, perhaps with a second of the day, perhaps with an offset from UTC in seconds."""

    day: date
    second: int | None = None
    offset: int | None = None

    @property
    def wall(self) -> int:
        return day_number(self.day) * DAY + (self.second or 0)

    def bound(self, zone: str) -> Bound | None:
        """A day, or the instant at which it is that time; None for a time without offset where no zone holds."""
        if self.second is None:
            return self.day
        if self.offset is not None:
            return self.wall - self.offset
        known = zone_named(zone) if zone else None
        return epoch_of(known, self.wall) if known else None


def read_shifts(text: str, base: int = 0) -> tuple[Shift, ...]:
    """Hours with commas between, by start. Raises BadTextError; `base` is where the text begins in its scalar.

    >>> read_shifts("22:00-06:00")
    (Shift(start=79200, end=108000),)
    """
    if text.strip().lower() in _WHOLE:
        return (WHOLE_DAY,)
    found: list[Shift] = []
    for start, piece in _pieces(text):
        read = _SHIFT.fullmatch(piece)
        if not read:
            raise BadTextError(partial(catalogue.bad_shift, piece.strip() or text), *_trimmed(piece, base + start))
        low, high = (clock(read[group], base + start + read.start(group)) for group in (1, 2))
        if low in (high, DAY):
            raise BadTextError(partial(catalogue.empty_shift, piece.strip()), *_trimmed(piece, base + start))
        found.append(Shift(low, high if high > low else high + DAY))
    return tuple(sorted(found, key=lambda shift: shift.start))


def clock(text: str, base: int = 0) -> int:
    """The second of the day of a time that has the form of one. Raises BadTextError past 24:00."""
    hour, minute, second = (int(part) for part in [*text.split(":"), "0"][:3])
    at = hour * 3_600 + minute * 60 + second
    if minute > 59 or second > 59 or at > DAY:
        raise BadTextError(partial(catalogue.bad_time, text), base, base + len(text))
    return at


def read_date(text: str, base: int = 0) -> date:
    """Raises BadTextError for anything but a date."""
    try:
        if re.fullmatch(DATE, text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise BadTextError(partial(catalogue.bad_date, text), base, base + max(1, len(text)))


def read_stamp(text: str, base: int = 0) -> Stamp:
    """A date or a moment. Raises BadTextError."""
    read = _STAMP.fullmatch(text)
    if not read:
        raise BadTextError(partial(catalogue.bad_date, text.strip()), base, base + max(1, len(text)))
    day = read_date(read[1], base + read.start(1))
    if read[2] is None:
        return Stamp(day)
    return Stamp(day, clock(read[2], base + read.start(2)), _offset(read[3], base + read.start(3)))


def _offset(text: str | None, base: int) -> int | None:
    if text is None or text == "Z":
        return None if text is None else 0
    ahead = clock(text[1:], base + 1)
    return -ahead if text[0] == "-" else ahead


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for piece in text.split(","):
        yield start, piece
        start += len(piece) + 1


def _trimmed(piece: str, start: int) -> tuple[int, int]:
    """Where a piece stands without the blanks around it; for an empty one, the comma before it."""
    if not piece.strip() and start:
        return start - 1, start
    lead = len(piece) - len(piece.lstrip())
    return start + lead, start + max(lead + 1, len(piece.rstrip()))
