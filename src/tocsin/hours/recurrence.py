"""Days that recur by an RFC 5545 rule, as a question: is this day one of them?

No occurrences are listed: each question costs the same, however far from the start and however hostile the
rule (one that never matches would keep a lister busy up to the year 9999). Whole days only: a rule by hours,
minutes or seconds is refused. Where RFC 5545 leaves room, the answer is python-dateutil's: a start that the
rule does not give is not an occurrence.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ONE_DAY = timedelta(days=1)


class Recurrence(Struct, frozen=True):
    """One rule and its first day. `text` is the rule as written; `until` is the last day, None for no end.

    `by_day` holds pairs of ordinal (0 for every) and weekday (0 is Monday). `excluded` days are left out,
    `added` days are in whatever the rule says.
    """

    start: date
    frequency: str
    interval: int = 1
    until: date | None = None
    by_month: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_year_day: tuple[int, ...] = ()
    by_week: tuple[int, ...] = ()
    by_day: tuple[tuple[int, int], ...] = ()
    by_position: tuple[int, ...] = ()
    week_start: int = 0
    excluded: frozenset[date] = frozenset()
    added: frozenset[date] = frozenset()
    text: str = ""


def occurs(rule: Recurrence, day: date) -> bool:
    """Whether the rule gives that day."""
    if day in rule.excluded:
        return False
    if day in rule.added:
        return True
    if day < rule.start or (rule.until is not None and day > rule.until):
        return False
    if not _in_phase(rule, day) or not _passes(rule, day):
        return False
    return not rule.by_position or _has_position(rule, day)


def end_after(rule: Recurrence, count: int, steps: int) -> tuple[Recurrence | None, int]:
    """The rule ending at its `count`-th occurrence, and how many days were looked at.

    None for the rule if `steps` days, or the calendar, are used up before.
    """
    day, looked = rule.start, 0
    bare = replace(rule, excluded=frozenset(), added=frozenset())
    while looked < steps and day < date.max:
        looked += 1
        count -= occurs(bare, day)
        if count == 0:
            return replace(rule, until=day), looked
        day += _ONE_DAY
    return None, looked


def _in_phase(rule: Recurrence, day: date) -> bool:
    """Whether the day's period is one of every `interval`-th from the start's."""
    if rule.interval == 1:
        return True
    match rule.frequency:
        case "DAILY":
            since = (day - rule.start).days
        case "WEEKLY":
            since = (_week_begin(rule, day) - _week_begin(rule, rule.start)) // 7
        case "MONTHLY":
            since = (day.year - rule.start.year) * 12 + day.month - rule.start.month
        case _:
            since = day.year - rule.start.year
    return since % rule.interval == 0


def _week_begin(rule: Recurrence, day: date) -> int:
    return day.toordinal() - (day.weekday() - rule.week_start) % 7


def _passes(rule: Recurrence, day: date) -> bool:
    if rule.by_month and day.month not in rule.by_month:
        return False
    if not (rule.by_month_day or rule.by_year_day or rule.by_week or rule.by_day):
        return _like_start(rule, day)
    if rule.by_month_day and not _counted(rule.by_month_day, day.day, month_length(day)):
        return False
    if rule.by_year_day and not _counted(rule.by_year_day, day.timetuple().tm_yday, year_length(day.year)):
        return False
    if rule.by_week and not _counted(rule.by_week, *_week_number(rule, day)):
        return False
    return not rule.by_day or any(_is_weekday(rule, each, day) for each in rule.by_day)


def _like_start(rule: Recurrence, day: date) -> bool:
    """What a rule without day parts means: the start's weekday, day of the month, or day of the year."""
    match rule.frequency:
        case "DAILY":
            return True
        case "WEEKLY":
            return day.weekday() == rule.start.weekday()
        case "MONTHLY":
            return day.day == rule.start.day
        case _:
            return day.day == rule.start.day and (bool(rule.by_month) or day.month == rule.start.month)


def _counted(wanted: tuple[int, ...], number: int, total: int) -> bool:
    """Whether the number, from 1 of `total`, is wanted; from the end it is -1, -2, ..."""
    return number in wanted or number - total - 1 in wanted


def _is_weekday(rule: Recurrence, wanted: tuple[int, int], day: date) -> bool:
    ordinal, weekday = wanted
    if day.weekday() != weekday:
        return False
    if ordinal == 0:
        return True
    if rule.frequency == "YEARLY" and not rule.by_month:
        number, total = day.timetuple().tm_yday, year_length(day.year)
    else:
        number, total = day.day, month_length(day)
    return ordinal == ((number - 1) // 7 + 1 if ordinal > 0 else -((total - number) // 7 + 1))


def _week_number(rule: Recurrence, day: date) -> tuple[int, int]:
    """The week's number and how many its year has; week 1 is the first with four days in the year."""
    begin = _week_begin(rule, day)
    year = date.fromordinal(min(max(begin + 3, 1), date.max.toordinal())).year
    first = _first_week(rule, year)
    total = (_first_week(rule, year + 1) - first) // 7 if year < date.max.year else 52
    return (begin - first) // 7 + 1, total


def _first_week(rule: Recurrence, year: int) -> int:
    return _week_begin(rule, date(year, 1, 4))


def _has_position(rule: Recurrence, day: date) -> bool:
    """Whether the day's place among all days of its period that pass is wanted (BYSETPOS)."""
    return day.toordinal() in _positioned(rule, *_period(rule, day))


@lru_cache(maxsize=16_384)
def _positioned(rule: Recurrence, first: int, last: int) -> frozenset[int]:
    every = [number for number in range(first, last + 1) if _passes(rule, date.fromordinal(number))]
    return frozenset(day for place, day in enumerate(every) if _counted(rule.by_position, place + 1, len(every)))


def _period(rule: Recurrence, day: date) -> tuple[int, int]:
    """First and last day of the day's period, as ordinals."""
    match rule.frequency:
        case "DAILY":
            return day.toordinal(), day.toordinal()
        case "WEEKLY":
            begin = _week_begin(rule, day)
            return max(begin, 1), min(begin + 6, date.max.toordinal())
        case "MONTHLY":
            first = day.replace(day=1).toordinal()
            return first, first + month_length(day) - 1
        case _:
            first = date(day.year, 1, 1).toordinal()
            return first, first + year_length(day.year) - 1


def month_length(day: date) -> int:
    if day.month == 12:
        return 31
    return (day.replace(month=day.month + 1, day=1) - day.replace(day=1)).days


def year_length(year: int) -> int:
    return 366 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 365
