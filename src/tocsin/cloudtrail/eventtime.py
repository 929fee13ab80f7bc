"""The time of a record: the text of `eventTime` as epoch seconds and the zone it was written in.

CloudTrail writes `2026-03-07T01:00:00Z`; tools that rewrite records leave fractions, a blank for the `T`,
lower-case letters, an offset, or no zone at all, which is read as UTC. Anything else is no time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Generic, TypeVar

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_MINUTE = re.compile(r"[Tt ](\d\d):(\d\d):", re.ASCII)
_SECOND = re.compile(r"(\d\d)(\.\d+)?(?:[Zz]| ?([+-])(\d\d)(?::?(\d\d))?)?", re.ASCII)
_EPOCH = date(1970, 1, 1).toordinal()
_KEPT = 100_000

Moment = tuple[float, int]
Value = TypeVar("Value")


def parse(text: str) -> Moment | None:
    """Epoch seconds, and minutes east of UTC as written; None if the text is no time.

    >>> parse("1970-01-02T00:00:00.5Z")
    (86400.5, 0)
    >>> parse("1970-01-02 09:30:00+09:30")
    (86400.0, 570)
    >>> parse("yesterday")
    """
    day, minute, end = _day(text[:10]), _minute(text[10:17]), _end(text[17:])
    return None if day is None or minute is None or end is None else (day + (minute + end[0]), end[1])


class Times:
    """Reads columns of `eventTime`. Records share times, days, minutes and seconds, so each of those is parsed once."""

    def __init__(self) -> None:
        self._read: _Memory[float | None] = _Memory(self._sum)
        self._days = _Memory(_day)
        self._minutes = _Memory(_minute)
        self._ends = _Memory(_end)
        self._shifted = False  # some time was written in a zone other than UTC

    def seconds(self, texts: Sequence[Any]) -> list[float | None]:
        """Epoch seconds of each; None for what is no time. Anything but text is no time either."""
        try:
            return list(map(self._read.__getitem__, texts))
        except TypeError:  # some is no text
            return [self._read[text] if isinstance(text, str) else None for text in texts]

    def offsets(self, texts: Sequence[str]) -> list[int | None]:
        """Minutes east of UTC as each time is written; `seconds` has read them before."""
        if not self._shifted:
            return [0] * len(texts)
        return [end and end[1] for end in map(self._ends.__getitem__, [text[17:] for text in texts])]

    def _sum(self, text: str) -> float | None:
        day, minute, end = self._days[text[:10]], self._minutes[text[10:17]], self._ends[text[17:]]
        if day is None or minute is None or end is None:
            return None
        if end[1]:
            self._shifted = True
        return day + (minute + end[0])


class _Memory(dict[str, Value], Generic[Value]):
    def __init__(self, parse: Callable[[str], Value]) -> None:
        self._parse = parse

    def __missing__(self, text: str) -> Value:
        if len(self) >= _KEPT:
            self.clear()
        value = self[text] = self._parse(text)
        return value


def _day(text: str) -> float | None:
    """Midnight, in seconds since the epoch."""
    written = _DATE.fullmatch(text)
    if written is None:
        return None
    try:
        return (date(*map(int, written.groups())).toordinal() - _EPOCH) * 86400.0
    except ValueError:
        return None


def _minute(text: str) -> float | None:
    """Seconds from midnight to the minute."""
    written = _MINUTE.fullmatch(text)
    if written is None:
        return None
    hour, minute = map(int, written.groups())
    return hour * 3600.0 + minute * 60 if hour < 24 and minute < 60 else None


def _end(text: str) -> Moment | None:
    """Seconds in the minute less the zone's offset, and that in minutes.

    To the microsecond, which is what a double holds: no time may round up to the next second.
    """
    written = _SECOND.fullmatch(text)
    if written is None:
        return None
    second, hours, minutes = int(written[1]), int(written[4] or 0), int(written[5] or 0)
    if second > 60 or hours > 23 or minutes > 59:  # 60: a leap second
        return None
    offset = (hours * 60 + minutes) * (-1 if written[3] == "-" else 1)
    return second + float((written[2] or ".0")[:7]) - offset * 60, offset
