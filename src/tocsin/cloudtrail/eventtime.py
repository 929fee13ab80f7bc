"""The time of a record: the text of `eventTime` as epoch seconds and the zone it was written in.

CloudTrail writes `2026-03-07T01:00:00Z`; tools that rewrite records leave fractions, a blank for the `T`, a
lower-case `z`, an offset, or no zone at all, which is read as UTC. Anything else is no time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from operator import add
from typing import Any, Generic, TypeVar

_CLOCK = re.compile(r"[T ](\d\d):(\d\d):(\d\d)(\.\d{1,9})?(?:[Zz]| ?([+-])(\d\d)(?::?(\d\d))?)?", re.ASCII)
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_EPOCH = date(1970, 1, 1).toordinal()
_KEPT = 100_000
_TWO = {f"{number:02}": number for number in range(60)}

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
    day, clock = _day(text[:10]), _clock(text[10:])
    return None if day is None or clock is None else (day + clock[0], clock[1])


class Times:
    """Reads columns of `eventTime`. Records share days and times of day, so each of those is parsed once."""

    def __init__(self) -> None:
        self._days = _Memory(_day)
        self._clocks = _Memory(_seconds)
        self._offsets = _Memory(_offset)

    def seconds(self, texts: Sequence[Any]) -> list[float | None]:
        """Epoch seconds of each; None for what is no time. Anything but text is no time either."""
        try:
            days = map(self._days.__getitem__, [text[:10] for text in texts])
            return list(map(add, days, map(self._clocks.__getitem__, [text[10:] for text in texts])))
        except TypeError:  # some is no text, or no time
            moments = (parse(text) if isinstance(text, str) else None for text in texts)
            return [None if moment is None else moment[0] for moment in moments]

    def offsets(self, texts: Sequence[str]) -> list[int | None]:
        """Minutes east of UTC as each time is written."""
        return list(map(self._offsets.__getitem__, [text[10:] for text in texts]))


class _Memory(dict[str, Value], Generic[Value]):
    def __init__(self, parse: Callable[[str], Value]) -> None:
        self._parse = parse

    def __missing__(self, text: str) -> Value:
        if len(self) >= _KEPT:
            self.clear()
        value = self[text] = self._parse(text)
        return value


def _seconds(text: str) -> float | None:
    if len(text) == 10 and text[0] == "T" and text[3] == text[6] == ":" and text[9] == "Z":
        hour, minute, second = (_TWO.get(text[at : at + 2], 99) for at in (1, 4, 7))
        if hour < 24 and minute < 60 and second < 60:
            return float(hour * 3600 + minute * 60 + second)
    clock = _clock(text)
    return None if clock is None else clock[0]


def _offset(text: str) -> int | None:
    clock = _clock(text)
    return None if clock is None else clock[1]


def _day(text: str) -> float | None:
    """Midnight, in seconds since the epoch."""
    written = _DATE.fullmatch(text)
    if written is None:
        return None
    try:
        return (date(*map(int, written.groups())).toordinal() - _EPOCH) * 86400.0
    except ValueError:
        return None


def _clock(text: str) -> Moment | None:
    """Seconds after midnight UTC, which may be before it, and the offset."""
    written = _CLOCK.fullmatch(text)
    if written is None:
        return None
    hour, minute, second = map(int, written.group(1, 2, 3))
    offset = _zone(*written.group(5, 6, 7))
    if hour > 23 or minute > 59 or second > 60 or offset is None:  # 60: a leap second
        return None
    return hour * 3600 + (minute - offset) * 60 + second + _fraction(written[4]), offset


def _zone(sign: str | None, hours: str | None, minutes: str | None) -> int | None:
    if hours is None:
        return 0
    if int(hours) > 23 or int(minutes or 0) > 59:
        return None
    total = int(hours) * 60 + int(minutes or 0)
    return -total if sign == "-" else total


def _fraction(text: str | None) -> float:
    """Microseconds, which is what a double holds: with nine digits the last would round up to the next second."""
    return float(text[:7]) if text else 0.0
