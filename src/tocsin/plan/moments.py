"""Moments as people and searches write them: ISO 8601, epoch seconds, Splunk's date or its relative time grammar.

Splunk's date is `03/31/2026:20:15:05`, month first.

A relative time is `now`, or offsets and snaps after one another: `-24h@h`, `@d`, `-1mon@mon+2d`, `@w1`.
Days, weeks, months, quarters and years are counted and snapped on the searcher's calendar; seconds, minutes
and hours are exact. Source: "Specify time modifiers in your search", Splunk Search Manual.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

_UNITS = {
    "s": ("s", "sec", "secs", "second", "seconds"),
    "m": ("m", "min", "mins", "minute", "minutes"),
    "h": ("h", "hr", "hrs", "hour", "hours"),
    "d": ("d", "day", "days"),
    "w": ("w", "week", "weeks"),
    "mon": ("mon", "month", "months"),
    "q": ("q", "qtr", "qtrs", "quarter", "quarters"),
    "y": ("y", "yr", "yrs", "year", "years"),
}
_UNIT = {spelling: unit for unit, spellings in _UNITS.items() for spelling in spellings}
_SECONDS = {"s": 1, "m": 60, "h": 3600}
_FIRST, _LAST = -62135510400.0, 253402214400.0  # a day inside the years 1 to 9999, for any zone
_STEP = re.compile(r"(?P<sign>[+-])(?P<count>\d{0,9})(?P<unit>[a-z]+)|@(?P<snap>[a-z]+)(?P<day>[0-7]?)")
_UNSIGNED = re.compile(r"\d{1,9}[a-z]+", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}(:\d{1,2}){3}")
_EPOCH = re.compile(r"[+-]?\d{1,12}(\.\d+)?")


class Step(Struct, frozen=True):
    """One step of a relative time: a signed `count` of `unit`, or a snap to `unit` (count None).

    `weekday` is 0 to 6, Sunday first, for `@w0` to `@w6`.
    """

    unit: str
    count: int | None
    weekday: int = 0


class BadMomentError(ValueError):
    """The text is no moment; the message says what would be one."""


def zone_of(name: str) -> ZoneInfo:
    """The IANA zone of that name. Raises BadMomentError for an unknown one."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadMomentError(f"no time zone named {name!r}: a name such as UTC or Europe/Berlin is needed") from error


def parse_steps(text: str) -> tuple[Step, ...]:
    """The steps of a relative time (`-1d@d`); none for `now`.

    >>> parse_steps("-24h@h")
    (Step(unit='h', count=-24, weekday=0), Step(unit='h', count=None, weekday=0))
    """
    lowered = text.strip().lower()
    lowered = lowered[3:] if lowered.startswith("now") else lowered
    steps: list[Step] = []
    at = 0
    while at < len(lowered):
        found = _STEP.match(lowered, at)
        if not found:
            _check_sign(text, lowered[at:])
            raise BadMomentError(f"{text!r} is no time: ISO 8601, epoch seconds, or a form like -24h@h is needed")
        steps.append(_step(found, text))
        at = found.end()
    return tuple(steps)


def _check_sign(text: str, step: str) -> None:
    """Splunk's documentation has a sign before every offset, and a guess would be a day ahead or a day ago."""
    unsigned = _UNSIGNED.match(step)
    if unsigned and unsigned.group().lstrip("0123456789") in _UNIT:
        offset = unsigned.group()
        raise BadMomentError(f"{text!r} has no sign: -{offset} is before, +{offset} after")


def _step(found: re.Match[str], text: str) -> Step:
    word = found["unit"] or found["snap"]
    unit = _UNIT.get(word)
    if unit is None:
        raise BadMomentError(f"{text!r} has no time unit {word!r}: s, m, h, d, w, mon, q or y is needed")
    if found["snap"]:
        if found["day"] and unit != "w":
            raise BadMomentError(f"{text!r}: a weekday number goes with @w only")
        return Step(unit, None, int(found["day"] or 0) % 7)
    return Step(unit, int(found["sign"] + (found["count"] or "1")))


def apply_steps(moment: float, steps: tuple[Step, ...], zone: str) -> float:
    """Carry out the steps one after another, from `moment` (epoch seconds), on the calendar of `zone`."""
    place = zone_of(zone)
    try:
        for step in steps:
            moment = _snap(moment, step, place) if step.count is None else _shift(moment, step.unit, step.count, place)
    except (OverflowError, ValueError, OSError) as error:
        raise BadMomentError("the time lies outside the years 1 to 9999") from error
    return _bounded(moment)


def _bounded(moment: float) -> float:
    if not _FIRST <= moment <= _LAST:
        raise BadMomentError("the time lies outside the years 1 to 9999")
    return moment


def _shift(moment: float, unit: str, count: int, zone: ZoneInfo) -> float:
    if unit in _SECONDS:
        return moment + count * _SECONDS[unit]
    local = datetime.fromtimestamp(moment, zone)
    if unit in ("d", "w"):
        return _epoch(local.replace(tzinfo=None) + timedelta(days=count * (7 if unit == "w" else 1)), zone)
    months = local.year * 12 + local.month - 1 + count * {"mon": 1, "q": 3, "y": 12}[unit]
    return _epoch(_clamped(local, months // 12, months % 12 + 1), zone)


def _clamped(local: datetime, year: int, month: int) -> datetime:
    """The same day of another month, or that month's last day."""
    following = datetime(year + month // 12, month % 12 + 1, 1)  # noqa: DTZ001 - wall clock, given its zone later
    last = (following - timedelta(days=1)).day
    return local.replace(tzinfo=None, year=year, month=month, day=min(local.day, last))


def _snap(moment: float, step: Step, zone: ZoneInfo) -> float:
    local = datetime.fromtimestamp(moment, zone)
    if step.unit in _SECONDS:
        # The offset is whole minutes: snapping the wall clock by arithmetic is right in a fold as well.
        offset = local.utcoffset() or timedelta(0)
        return (moment + offset.total_seconds()) // _SECONDS[step.unit] * _SECONDS[step.unit] - offset.total_seconds()
    midnight = local.replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
    match step.unit:
        case "w":
            midnight -= timedelta(days=(midnight.isoweekday() - step.weekday) % 7)
        case "mon":
            midnight = midnight.replace(day=1)
        case "q":
            midnight = midnight.replace(day=1, month=(midnight.month - 1) // 3 * 3 + 1)
        case "y":
            midnight = midnight.replace(day=1, month=1)
    return _epoch(midnight, zone)


def _epoch(local: datetime, zone: ZoneInfo) -> float:
    return local.replace(tzinfo=zone).timestamp()


def parse_moment(text: str, now: float, zone: str) -> float:
    """Epoch seconds of a moment. A date without an offset is read in `zone`.

    >>> parse_moment("-1h@h", now=7300.0, zone="UTC")
    3600.0
    >>> parse_moment("1970-01-01T01:00:00", now=0.0, zone="Europe/Berlin")
    0.0
    """
    stripped = text.strip()
    if _EPOCH.fullmatch(stripped):
        return _bounded(float(stripped))
    if stripped[:1].isdigit():
        _check_sign(text, stripped.lower())
        return _iso(stripped, zone)
    if not stripped:
        raise BadMomentError("an empty time: ISO 8601, epoch seconds, or a form like -24h@h is needed")
    return apply_steps(now, parse_steps(stripped), zone)


def _iso(text: str, zone: str) -> float:
    try:
        moment = _month_first(text) if _DATE.fullmatch(text) else datetime.fromisoformat(text)
    except ValueError as error:
        raise BadMomentError(f"{text!r} is no time: ISO 8601, epoch seconds, or -24h@h is needed") from error
    return moment.timestamp() if moment.tzinfo else _epoch(moment, zone_of(zone))


def _month_first(text: str) -> datetime:
    month, day, year, hour, minute, second = map(int, re.split("[/:]", text))
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - wall clock, given its zone later
