"""The records behind all findings, each once: what maps, lanes and sums count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime

from msgspec import Struct, field

from tocsin.risk.finding import Finding
from tocsin.risk.pushes import Place, Slot
from tocsin.sinks import times
from tocsin.sinks.html import limits, roles

Names = tuple[str, ...]
Clock = Callable[[float | None], datetime | None]


class Record(Struct):
    """`slot` is its place in the week, `own` whether by the clock of whoever acted. Names are those of its findings."""

    time: float | None
    slot: Slot | None
    own: bool
    people: Names
    repositories: Names


class Records(Struct):
    """`known` holds at most `PLACED`; `beyond` counts those that are not in it.

    Those are records past the first hundred of a finding, and any past the most that is held; there a record of two
    findings counts twice.
    """

    zone: str
    known: dict[Place, Record] = field(default_factory=dict)
    beyond: int = 0

    def add(self, finding: Finding) -> None:
        """Take in the records behind a finding."""
        people, repositories = roles.who(finding), roles.values(finding, roles.REPOSITORY)
        clock, own = _clock(finding, self.zone)
        for each in finding.events:
            time = finding.earliest if each.time is None else each.time
            at = clock(time)
            record = Record(time, (at.weekday(), at.hour) if at else None, own, people, repositories)
            self._take((each.file, each.position), record)
        self.beyond += max(finding.event_count - len(finding.events), 0)

    def _take(self, place: Place, record: Record) -> None:
        if place in self.known:
            _merge(self.known[place], record)
        elif len(self.known) < limits.PLACED:
            self.known[place] = record
        else:
            self.beyond += 1

    def slots(self, better: Mapping[Place, Slot]) -> Counter[Slot]:
        """How many records fall into each hour of the week; `better` wins over what findings know."""
        found = (better.get(place, record.slot) for place, record in self.known.items())
        return Counter(slot for slot in found if slot)

    @property
    def total(self) -> int:
        return len(self.known) + self.beyond


def _clock(finding: Finding, zone: str) -> tuple[Clock, bool]:
    """The clock of whoever acted if the row knows it, and whether it does; else the searcher's."""
    own, written = roles.local_zone(finding), roles.local_time(finding)
    if own:
        return lambda time: times.local(time, own.key), True
    if written and written.tzinfo:
        return lambda time: at.astimezone(written.tzinfo) if (at := times.local(time, "UTC")) else None, True
    return lambda time: times.local(time, zone), False


def _merge(record: Record, other: Record) -> None:
    """A second finding on the same record: its names are added, and its clock if the first had none."""
    if other.own and not record.own:
        record.slot, record.own = other.slot, True
    record.people = tuple(dict.fromkeys((*record.people, *other.people)))
    record.repositories = tuple(dict.fromkeys((*record.repositories, *other.repositories)))
