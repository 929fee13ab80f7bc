"""A finding as the report shows it: plain, visible text, cut to size. Nothing here knows HTML."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from tocsin.risk.finding import EventPointer, Finding
from tocsin.sinks.html import limits, roles
from tocsin.sinks.html.limits import NAME, TEXT, VALUE, cut, cut_list
from tocsin.sinks.times import moment

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SUCCESS = ("success",)  # what the AWS add-on writes for a call without an error


class Fact(Struct, frozen=True):
    name: str
    values: tuple[str, ...]


class Behind(Struct, frozen=True):
    """Where a record stands. `event_id` is "" if it has none; `time` is in the searcher's zone."""

    event_id: str
    file: str
    position: int
    time: str


class Row(Struct, frozen=True):
    """One finding. Times and texts are "" where the finding has none.

    `first` and `last` are in the searcher's zone, `last` is "" if it is `first`. `day`, `clock` and `place` are local
    time: of whoever acted where the row knows it (`own`), else `first` once more. `severity` is `high`, `medium` or
    `low`, by the score. `more` counts the fields that `facts` does not hold.
    """

    first: str
    last: str
    day: str
    clock: str
    place: str
    own: bool
    reasons: tuple[str, ...]
    calendar: str
    rule: str
    who: tuple[str, ...]
    source: tuple[str, ...]
    region: tuple[str, ...]
    account: tuple[str, ...]
    repository: tuple[str, ...]
    tags: tuple[str, ...]
    digests: tuple[str, ...]
    errors: tuple[str, ...]
    message: str
    score: int
    severity: str
    facts: tuple[Fact, ...]
    more: int
    records: tuple[Behind, ...]
    record_count: int


def row(finding: Finding, zone: str, records: int = limits.BEHIND) -> Row:
    """The finding for people; of the records behind it the first `records`."""
    first, last = moment(finding.earliest, zone), moment(finding.latest, zone)
    own = _own(finding)
    day, clock, place = own or (first[:14], first[15:20], zone)
    facts = _facts(finding)
    return Row(
        first=first,
        last=last if last != first else "",
        day=day,
        clock=clock,
        place=cut(place, NAME),
        own=own is not None,
        reasons=_shown(finding, roles.REASON) if roles.reasons(finding) else (),
        calendar=", ".join(_shown(finding, roles.CALENDAR)),
        rule=", ".join(_shown(finding, roles.RULE)),
        who=cut_list(roles.who(finding), 5, NAME),
        source=cut_list(roles.source(finding), 5, NAME),
        region=_shown(finding, roles.REGION),
        account=_shown(finding, roles.ACCOUNT),
        repository=_shown(finding, roles.REPOSITORY),
        tags=_shown(finding, roles.TAG),
        digests=_shown(finding, roles.DIGEST),
        errors=tuple(each for each in _shown(finding, roles.ERROR) if each not in _SUCCESS),
        message=cut(finding.message, VALUE),
        score=finding.score,
        severity=severity(finding.score),
        facts=facts,
        more=len(finding.result) - len(facts),
        records=tuple(_behind(each, zone) for each in finding.events[:records]),
        record_count=finding.event_count,
    )


def severity(score: int) -> str:
    """The same bounds as the table's colours."""
    return "high" if score > 60 else "medium" if score > 20 else "low"


def _own(finding: Finding) -> tuple[str, str, str] | None:
    """Day, time and place on the clock of whoever acted, if the row knows them."""
    at, zone = roles.local_time(finding), roles.local_zone(finding)
    if at is None and zone:
        told = moment(finding.earliest, zone.key)
        return (told[:14], told[15:20], zone.key) if told else None
    return (_day(at), f"{at:%H:%M}", zone.key if zone else f"{at:UTC%z}") if at else None


def _day(at: datetime) -> str:
    return f"{WEEKDAYS[at.weekday()]} {at:%Y-%m-%d}"


def _shown(finding: Finding, names: tuple[str, ...]) -> tuple[str, ...]:
    return cut_list(roles.values(finding, names), 5, NAME)


def _facts(finding: Finding) -> tuple[Fact, ...]:
    """Fields as long as there is room."""
    facts: list[Fact] = []
    room = TEXT
    for name, value in list(finding.result.items())[: limits.FIELDS]:
        fact = Fact(cut(name, NAME), cut_list((value,) if isinstance(value, str) else value))
        room -= len(fact.name) + sum(map(len, fact.values))
        if room < 0 and facts:
            break
        facts.append(fact)
    return tuple(facts)


def _behind(pointer: EventPointer, zone: str) -> Behind:
    time = moment(pointer.time, zone)
    return Behind(cut(pointer.event_id or "", NAME), cut(pointer.file, VALUE), pointer.position, time)
