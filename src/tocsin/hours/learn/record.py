"""What is remembered of one principal while history streams by: when, how often, and by which hand.

A day of UTC takes some 200 bytes, whatever the number of calls in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from tocsin.hours.calendars import DAY
from tocsin.hours.learn.agents import HUMAN, SERVICE, hand_of
from tocsin.hours.learn.principals import NOBODY
from tocsin.hours.learn.sighting import QUARTER, Sighting
from tocsin.hours.rules import FIELDS, Subject

QUARTERS = DAY // QUARTER
MOST_IN_QUARTER = 255
MOST_NAMES = 1_000


class Record(Struct):
    """One principal's activity.

    `days` maps a day of UTC, counted from 1970-01-01, to 96 numbers of calls (a quarter of an hour counts at most
    255) followed by 96 minutes: that of the quarter's first call, plus one. Calls that failed, and calls that an
    AWS service made on somebody's behalf, are counted and leave no mark in `days`. `people` maps a day to a bit
    for each quarter in which a person was seen at the keyboard. `subject` is an
    example of whom records name, without repository and region.
    """

    shown: str = ""
    subject: Subject = NOBODY
    days: dict[int, bytearray] = field(default_factory=dict)
    people: dict[int, int] = field(default_factory=dict)
    calls: int = 0
    failed: int = 0
    served: int = 0
    served_days: set[int] = field(default_factory=set)
    hands: Counter[str] = field(default_factory=Counter)
    regions: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    roles: dict[str, set[int]] = field(default_factory=dict)
    sessions: set[str] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)

    def add(self, seen: Sighting) -> None:
        """Count one sighting."""
        if seen.failed:
            self.failed += seen.count
            return
        hand = HUMAN if seen.person else hand_of(seen.agent, seen.service)
        if hand == SERVICE:
            self.served += seen.count
            self.served_days.add(seen.start // DAY)
            return
        day, quarter = divmod(seen.start // QUARTER, QUARTERS)
        self._mark(day, quarter, seen)
        if hand == HUMAN:
            self.people[day] = self.people.get(day, 0) | 1 << quarter
        self.calls += seen.count
        self.hands[hand] += seen.count
        self._where(seen, day)

    def known_as(self, shown: str, subject: Subject) -> None:
        """Keep how a record spells the name, and one subject as an example; the first by alphabet of several."""
        example = replace(subject, repository="", region="")
        self.shown = min(self.shown or shown, shown)
        self.subject = min(self.subject, example, key=_spelled) if self.subject != NOBODY else example

    def _mark(self, day: int, quarter: int, seen: Sighting) -> None:
        marks = self.days.get(day)
        if marks is None:
            self.days[day] = marks = bytearray(2 * QUARTERS)
        marks[quarter] = min(MOST_IN_QUARTER, marks[quarter] + seen.count)
        minute = seen.start % QUARTER // 60 + 1
        before = marks[QUARTERS + quarter]
        marks[QUARTERS + quarter] = min(before, minute) if before else minute

    def _where(self, seen: Sighting, day: int) -> None:
        subject = seen.subject
        if subject.region:
            self.regions[subject.region] += seen.count
        if seen.country:
            self.countries[seen.country] += seen.count
        if subject.role and (subject.role in self.roles or len(self.roles) < MOST_NAMES):
            self.roles.setdefault(subject.role, set()).add(day)
        _keep(self.sessions, subject.session)
        _keep(self.addresses, seen.address)

    def absorb(self, other: Record) -> None:
        """Count another record's activity as this one's; the name is left as it is."""
        if self.subject == NOBODY:
            self.subject = other.subject
        for day, marks in other.days.items():
            mine = self.days.setdefault(day, bytearray(2 * QUARTERS))
            for quarter in range(QUARTERS):
                _merge(mine, marks, quarter)
        for day, bits in other.people.items():
            self.people[day] = self.people.get(day, 0) | bits
        for role, days in other.roles.items():
            self.roles.setdefault(role, set()).update(days)
        self.calls += other.calls
        self.failed += other.failed
        self.served += other.served
        self.served_days |= other.served_days
        for mine_counts, theirs in (
            (self.hands, other.hands),
            (self.regions, other.regions),
            (self.countries, other.countries),
        ):
            mine_counts.update(theirs)
        for each in sorted(other.sessions):
            _keep(self.sessions, each)
        for each in sorted(other.addresses):
            _keep(self.addresses, each)

    def quarters(self) -> Iterator[tuple[int, int]]:
        """The quarters of an hour with activity, counted from 1970-01-01 UTC, in order, and the calls in each."""
        for day in sorted(self.days):
            marks = self.days[day]
            for quarter in range(QUARTERS):
                if marks[quarter]:
                    yield day * QUARTERS + quarter, marks[quarter]

    def bursts(self) -> Iterator[int]:
        """The minutes, counted from 1970-01-01 UTC, of the first call in each quarter with activity, in order."""
        for day in sorted(self.days):
            marks = self.days[day]
            for quarter in range(QUARTERS):
                if marks[quarter]:
                    yield (day * QUARTERS + quarter) * (QUARTER // 60) + marks[QUARTERS + quarter] - 1

    def without(self, trips: Sequence[tuple[int, int]]) -> Record:
        """A copy whose activity leaves out stretches of half hours, counted from 1970-01-01 UTC."""
        days = {day: bytearray(marks) for day, marks in self.days.items()}
        for first, end in trips:
            for quarter in range(2 * first, 2 * end):
                marks = days.get(quarter // QUARTERS)
                if marks is not None:
                    marks[quarter % QUARTERS] = marks[QUARTERS + quarter % QUARTERS] = 0
        return replace(self, days={day: marks for day, marks in days.items() if any(marks)})

    def forget(self, before: int) -> int:
        """Drop what is older than a day; returns how many days were dropped."""
        old = [day for day in self.days if day < before]
        for day in old:
            del self.days[day]
            self.people.pop(day, None)
        self.served_days = {day for day in self.served_days if day >= before}
        for days in self.roles.values():
            days.difference_update([day for day in days if day < before])
        return len(old)


def _spelled(subject: Subject) -> tuple[str, ...]:
    return tuple(getattr(subject, name) for name in FIELDS)


def _merge(mine: bytearray, theirs: bytearray, quarter: int) -> None:
    if theirs[quarter]:
        mine[quarter] = min(MOST_IN_QUARTER, mine[quarter] + theirs[quarter])
        first, other = mine[QUARTERS + quarter], theirs[QUARTERS + quarter]
        mine[QUARTERS + quarter] = min(first, other) if first else other


def _keep(names: set[str], name: str) -> None:
    """Which names are kept of too many does not matter: only that there are many."""
    if name and len(names) < MOST_NAMES:
        names.add(name)
