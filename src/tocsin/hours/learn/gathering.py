"""Gathers sightings into one record per principal, and decides which sessions are whose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from tocsin.hours.calendars import DAY
from tocsin.hours.learn.limits import DEFAULTS, Limits
from tocsin.hours.learn.principals import ROLE, Principal, principals_of
from tocsin.hours.learn.record import Record
from tocsin.hours.learn.sighting import Sighting
from tocsin.hours.rules import Subject

LATE = "dated in the future"
SERVED = "by an AWS service on somebody's behalf"
MOST_UNCLEAR = 200  # sessions of one role with names that may be a person's; beyond that they are not


class History(Struct, frozen=True):
    """Activity by principal, of the last `window_days` before the last call.

    `since` and `until` are epoch seconds of the first day's begin and the last day's end; both 0 if nothing was
    seen. `left_out` counts calls by why they teach nothing; `forgotten` is the days of principals that lie before
    the window.
    """

    records: Mapping[Principal, Record]
    since: int
    until: int
    left_out: Mapping[str, int] = field(default_factory=dict)
    forgotten: int = 0


class Gathering:
    """Takes sightings in any order; what it holds is bounded by principals and days, not by calls.

    What happened at or after `until`, in epoch seconds, is left out: a wrong date would move the window.
    """

    def __init__(self, limits: Limits = DEFAULTS, until: float | None = None) -> None:
        self._limits = limits
        self._until = until
        self._records: dict[Principal, Record] = {}
        self._unclear: dict[tuple[Principal, Principal], Record] = {}
        self._unclear_of: Counter[Principal] = Counter()
        self._owners: dict[Subject, tuple[Principal, ...]] = {}
        self._left_out: Counter[str] = Counter()

    def add_all(self, sightings: Iterable[Sighting]) -> None:
        for seen in sightings:
            self.add(seen)

    def add(self, seen: Sighting) -> None:
        """Count one sighting for whoever it belongs to."""
        owners = self._owners.get(seen.subject)
        if owners is None:
            if len(self._owners) >= 4 * self._limits.most_principals:
                self._owners.clear()
            self._owners[seen.subject] = owners = principals_of(seen.subject)
            self._introduce(owners, seen.subject)
        record = self._record(owners) if owners else None
        why = self._why_not(seen, owners, record)
        if why:
            self._left_out[why] += seen.count
        if record is not None and why != LATE:
            served = record.served
            record.add(seen)
            self._left_out[SERVED] += record.served - served

    def _introduce(self, owners: tuple[Principal, ...], subject: Subject) -> None:
        record = self._record(owners) if owners else None
        if record is not None:
            record.known_as(_shown(owners[0], subject), subject)

    def _why_not(self, seen: Sighting, owners: tuple[Principal, ...], record: Record | None) -> str:
        if not owners:
            return "by nobody who is named"
        if self._until is not None and seen.start >= self._until:
            return LATE
        if record is None:
            return "by principals beyond the most that are learned"
        return "that failed" if seen.failed else ""

    def _record(self, owners: tuple[Principal, ...]) -> Record | None:
        if len(owners) == 2 and self._may_be_person(owners[0], owners[1]):
            return self._unclear.setdefault((owners[0], owners[1]), Record())
        record = self._records.get(owners[-1])
        if record is None and len(self._records) < self._limits.most_principals:
            self._records[owners[-1]] = record = Record()
        return record

    def _may_be_person(self, person: Principal, role: Principal) -> bool:
        if (person, role) in self._unclear:
            return True
        if self._unclear_of[role] >= MOST_UNCLEAR or len(self._unclear) >= self._limits.most_principals:
            return False
        self._unclear_of[role] += 1
        return True

    def finish(self) -> History:
        """All that was gathered. A session of unclear name is a person's if a person was seen at the keyboard."""
        records = dict(self._records)
        for (person, role), record in sorted(self._unclear.items(), key=lambda each: each[0]):
            owner = person if record.people or person in self._records else role
            mine = records.setdefault(owner, Record(shown=record.shown if owner == person else role.name))
            mine.absorb(record)
        self._records, self._unclear = records, {}
        last = max((day for record in records.values() for day in record.days), default=-1)
        first = last - self._limits.window_days + 1
        dropped = sum(record.forget(first) for record in records.values())
        earliest = min((day for record in records.values() for day in record.days), default=0)
        ordered = {principal: records[principal] for principal in sorted(records)}
        return History(ordered, earliest * DAY, (last + 1) * DAY, _counted(self._left_out), dropped)


def _counted(left_out: Mapping[str, int]) -> dict[str, int]:
    return {why: count for why, count in sorted(left_out.items()) if count}


def _shown(principal: Principal, subject: Subject) -> str:
    """The principal's name as the record spells it."""
    if principal.kind == ROLE:
        return subject.role
    return {"user": subject.user, "session": subject.session}.get(principal.kind, principal.name)
