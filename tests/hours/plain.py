"""A calendar in the plainest form there is, its text as a file, and a slow judge that only reads this form.

Nothing here uses the code under test: the judge takes one instant at a time, asks the zone for the wall clock,
and tries every entry in the order of precedence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays
from dateutil.rrule import rrulestr

ONE_DAY = timedelta(days=1)
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Span:
    """Minutes of a day; `end` of at most `start` is on the next day."""

    start: int
    end: int

    @property
    def text(self) -> str:
        return f"{self.start // 60:02d}:{self.start % 60:02d}-{self.end // 60:02d}:{self.end % 60:02d}"

    def holds(self, day: date, local: datetime) -> bool:
        midnight = datetime.combine(day, time())
        end = self.end if self.end > self.start else self.end + 1440
        return midnight + timedelta(minutes=self.start) <= local < midnight + timedelta(minutes=end)


@dataclass(frozen=True)
class Dates:
    first: date
    last: date
    spans: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        return " ".join([f"- {self.first} to {self.last}", ", ".join(span.text for span in self.spans)]).rstrip()

    def holds(self, local: datetime, at: float) -> bool:
        if not self.spans:
            return self.first <= local.date() <= self.last
        return any(
            self.first <= day <= self.last and span.holds(day, local)
            for day in (local.date(), local.date() - ONE_DAY)
            for span in self.spans
        )


@dataclass(frozen=True)
class Clock:
    """From one wall clock time to another, naive."""

    start: datetime
    end: datetime

    @property
    def text(self) -> str:
        return f"- {self.start:%Y-%m-%d %H:%M} to {self.end:%Y-%m-%d %H:%M}"

    def holds(self, local: datetime, at: float) -> bool:
        return self.start <= local < self.end


@dataclass(frozen=True)
class Instants:
    start: datetime
    end: datetime

    @property
    def text(self) -> str:
        return f"- {self.start:%Y-%m-%d %H:%M}Z to {self.end:%Y-%m-%dT%H:%M}Z"

    def holds(self, local: datetime, at: float) -> bool:
        return self.start.timestamp() <= at < self.end.timestamp()


@dataclass(frozen=True)
class Every:
    rule: str
    start: date
    spans: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        hours = f"\n        hours: {', '.join(span.text for span in self.spans)}" if self.spans else ""
        return f"- every: {self.rule}\n        from: {self.start}{hours}"

    def holds(self, local: datetime, at: float) -> bool:
        day = datetime.combine(local.date(), time())
        found = [each.date() for each in days_of(self.rule, self.start, day - ONE_DAY, day)]
        if not self.spans:
            return local.date() in found
        return any(span.holds(each, local) for each in found for span in self.spans)


_DAYS: dict[tuple[str, date, datetime, datetime], list[datetime]] = {}


def days_of(rule: str, start: date, first: datetime, last: datetime) -> list[datetime]:
    key = (rule, start, first, last)
    if key not in _DAYS:
        _DAYS.clear() if len(_DAYS) > 10_000 else None
        _DAYS[key] = rrulestr(rule, dtstart=datetime.combine(start, time())).between(first, last, inc=True)
    return _DAYS[key]


Thing = Dates | Clock | Instants | Every


@dataclass(frozen=True)
class Plain:
    zone: str
    week: tuple[tuple[Span, ...], ...]
    country: str = ""
    lists: dict[str, list[Thing]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """As a calendar file with this one calendar."""
        lines = ["calendars:", "  it:", f"    zone: {self.zone}", "    week:"]
        named = [
            f"      {NAMES[day]}: {', '.join(s.text for s in spans)}" for day, spans in enumerate(self.week) if spans
        ]
        lines += named or ["      mon: closed"]
        if self.country:
            lines.append(f"    holidays: {self.country}")
        for key, things in self.lists.items():
            lines += [f"    {key}:", *(f"      {thing.text}" for thing in things)]
        return "\n".join([*lines, "default: it", ""])


def judge(plain: Plain, at: float) -> tuple[str, str, str]:
    """The local time without fraction, `open` or `closed`, and the first word of the reason."""
    aware = datetime.fromtimestamp(at // 1, UTC).astimezone(ZoneInfo(plain.zone))
    local = aware.replace(tzinfo=None, fold=0)
    return (aware.isoformat(), *_state(plain, local, at))


def _state(plain: Plain, local: datetime, at: float) -> tuple[str, str]:
    for key, state, word in (
        ("freezes", "closed", "freeze"),
        ("maintenance", "open", "maintenance"),
        ("open", "open", "open"),
        ("closed", "closed", "closure"),
    ):
        if any(thing.holds(local, at) for thing in plain.lists.get(key, ())):
            return state, word
    if plain.country and local.date() in holidays.country_holidays(plain.country, years=local.year):
        return "closed", "holiday"
    return _weekly(plain, local)


def _weekly(plain: Plain, local: datetime) -> tuple[str, str]:
    today = local.date()
    for day in (today, today - ONE_DAY):
        if any(span.holds(day, local) for span in plain.week[day.weekday()]):
            return "open", "open"
    if not any(plain.week):
        return "closed", "closure"
    mine = plain.week[today.weekday()]
    if not mine:
        return "closed", "weekend"
    if local.hour < 6 or local.hour >= 22:
        return "closed", "night"
    later = any(span.start > local.hour * 60 + local.minute for span in mine)
    return "closed", "before opening" if later else "after closing"
