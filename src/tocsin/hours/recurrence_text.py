"""Read an RFC 5545 recurrence rule (`FREQ=MONTHLY;BYDAY=-1FR`) into a value."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from msgspec import Struct
from msgspec.structs import replace

from tocsin.hours.calendars import DAY
from tocsin.hours.recurrence import WEEKDAYS, Recurrence, end_after
from tocsin.hours.zones import day_of, wall_of

COUNT_STEPS = 20_000
"""Days looked at to find where a rule with COUNT ends, for one rule: some 54 years."""

_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_TOO_OFTEN = ("HOURLY", "MINUTELY", "SECONDLY", "BYHOUR", "BYMINUTE", "BYSECOND")
_NUMBERS = {"BYMONTH": 12, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}
"""The largest number of each part; negative ones count from the end, except months."""

_ONLY = {"BYWEEKNO": ("YEARLY",), "BYYEARDAY": ("YEARLY",), "BYMONTHDAY": ("DAILY", "MONTHLY", "YEARLY")}
_PARTS = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", *_NUMBERS)
_BY_DAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z?))?")


class Budget(Struct):
    """Days that rules with COUNT may still look at together, for one file."""

    left: int = 1_000_000


class BadRecurrenceError(ValueError):
    """The text is no rule, or one that is not supported; the message says which part and why."""


def parse_recurrence(text: str, start: date, at: int = 0, zone: str = "", budget: Budget | None = None) -> Recurrence:
    """The rule as a value; `at` is the second of the day at which each occurrence begins, in `zone`.

    Raises BadRecurrenceError for unknown or contradictory parts, rules by the hour or finer, and a COUNT that
    is not reached within the days that may be looked at.
    """
    parts = _split(text)
    frequency = parts["FREQ"]
    rule = Recurrence(
        start,
        frequency,
        _whole("INTERVAL", parts.get("INTERVAL", "1"), 10_000),
        by_month=_numbers("BYMONTH", parts),
        by_month_day=_numbers("BYMONTHDAY", parts),
        by_year_day=_numbers("BYYEARDAY", parts),
        by_week=_numbers("BYWEEKNO", parts),
        by_day=_by_day(parts, frequency),
        by_position=_numbers("BYSETPOS", parts),
        week_start=_week_start(parts),
        text=text,
    )
    if rule.by_position and len(parts.keys() & {"BYDAY", *_NUMBERS}) == 1:
        raise BadRecurrenceError("`BYSETPOS` stands without another `BY` part to choose from")
    return _ended(rule, parts, at, zone, budget or Budget())


def _split(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for piece in text.strip().upper().removeprefix("RRULE:").split(";"):
        name, equals, value = piece.partition("=")
        if name in _TOO_OFTEN or value in _TOO_OFTEN:
            raise BadRecurrenceError(f"`{piece}` recurs within a day; a rule gives whole days here")
        if name not in _PARTS or not equals or not value:
            raise BadRecurrenceError(f"`{piece[:40]}` is no part of a recurrence rule")
        if name in parts:
            raise BadRecurrenceError(f"`{name}` stands twice")
        parts[name] = value
    if parts.get("FREQ") not in _FREQUENCIES:
        raise BadRecurrenceError("`FREQ` is not one of DAILY, WEEKLY, MONTHLY, YEARLY")
    for name, allowed in _ONLY.items():
        if name in parts and parts["FREQ"] not in allowed:
            raise BadRecurrenceError(f"`{name}` has no meaning with `FREQ={parts['FREQ']}`")
    return parts


def _whole(name: str, text: str, top: int) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text) or not 1 <= int(text) <= top:
        raise BadRecurrenceError(f"`{name}={text[:20]}` is not a number from 1 to {top}")
    return int(text)


def _numbers(name: str, parts: dict[str, str]) -> tuple[int, ...]:
    found, top = [], _NUMBERS[name]
    for each in parts[name].split(",") if name in parts else ():
        number = int(each) if re.fullmatch(r"[+-]?[0-9]{1,3}", each) else 0
        if not 1 <= abs(number) <= top or (number < 0 and name == "BYMONTH"):
            raise BadRecurrenceError(f"`{name}` has `{each[:20]}`, which is not a number up to {top}")
        found.append(number)
    return tuple(sorted(set(found)))


def _by_day(parts: dict[str, str], frequency: str) -> tuple[tuple[int, int], ...]:
    found = []
    for each in parts["BYDAY"].split(",") if "BYDAY" in parts else ():
        read = _BY_DAY.fullmatch(each)
        ordinal = int(read[1] or 0) if read else 0
        if not read or (read[1] and not 1 <= abs(ordinal) <= 53):
            raise BadRecurrenceError(f"`BYDAY` has `{each[:20]}`, which is not a weekday such as MO, 1SU or -1FR")
        if ordinal and (frequency not in ("MONTHLY", "YEARLY") or "BYWEEKNO" in parts):
            raise BadRecurrenceError(f"`BYDAY={each}` counts weekdays, which only a month or a year has")
        found.append((ordinal, WEEKDAYS.index(read[2])))
    return tuple(sorted(set(found)))


def _week_start(parts: dict[str, str]) -> int:
    if parts.get("WKST", "MO") not in WEEKDAYS:
        raise BadRecurrenceError("`WKST` is not a weekday such as MO")
    return WEEKDAYS.index(parts.get("WKST", "MO"))


def _ended(rule: Recurrence, parts: dict[str, str], at: int, zone: str, budget: Budget) -> Recurrence:
    if "COUNT" in parts and "UNTIL" in parts:
        raise BadRecurrenceError("`COUNT` and `UNTIL` stand together")
    if "UNTIL" in parts:
        return replace(rule, until=_until(parts["UNTIL"], at, zone))
    if "COUNT" not in parts:
        return rule
    steps = min(COUNT_STEPS, budget.left)
    ended, looked = end_after(rule, _whole("COUNT", parts["COUNT"], 100_000), steps)
    budget.left -= looked
    if ended is None:
        raise BadRecurrenceError(
            f"`COUNT={parts['COUNT']}` is not reached within {steps:,} days; `UNTIL` would say when"
        )
    return ended


def _until(text: str, at: int, zone: str) -> date:
    """The last day on which an occurrence may begin at second `at`."""
    read = _UNTIL.fullmatch(text)
    try:
        year, month, day, hour, minute, second = (int(part or 0) for part in read.groups()[:6]) if read else (0,) * 6
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError as error:
        raise BadRecurrenceError(f"`UNTIL={text[:20]}` is no date") from error
    if read is None or read[4] is None:
        return moment.date()
    epoch = int(moment.timestamp())
    wall = wall_of(zone, epoch) if read[7] and zone else epoch
    days, second_of_day = divmod(wall, DAY)
    return day_of(days - (second_of_day < at))
