"""Newcomers: who does only what his colleagues do, when they do it, is lent their hours until his own are known.

What is lent is nobody's to teach: it opens no hour that was not open for three believed people before. A
newcomer must come in the same way as they do (a role, an account), work in the same region, and have kept mostly
within their hours, on `lent_days` days in `lent_weeks` weeks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median_low

from msgspec import Struct
from msgspec.structs import replace

from tocsin.hours.learn.clocks import EVERYBODYS_REGION
from tocsin.hours.learn.company import region_shares
from tocsin.hours.learn.evidence import week_words
from tocsin.hours.learn.lesson import ADOPTED, COLD, Lesson
from tocsin.hours.learn.limits import Limits
from tocsin.hours.learn.numbers import counted, percent
from tocsin.hours.learn.open_hours import WeekHours
from tocsin.hours.learn.principals import SESSION, USER, Principal, role_glob
from tocsin.hours.learn.record import Record
from tocsin.hours.learn.spans import Spans
from tocsin.hours.learn.study import local_halves
from tocsin.hours.learn.working_day import HALVES

WITHIN = 0.8  # of the newcomer's half hours lie in the hours that are lent


class _Team(Struct, frozen=True):
    """Believed people of one zone who come in the same way and work in the same region; hours of the middle of them."""

    region: str
    zone: str
    people: int
    hours: WeekHours


_Teams = Mapping[str, Sequence[_Team]]
"""By the way in."""


def lend(lessons: Sequence[Lesson], records: Mapping[Principal, Record], spans: Spans, limits: Limits) -> list[Lesson]:
    """The lessons, those of newcomers with the hours of their colleagues where there are such."""
    teams = _teams(lessons, records, limits)
    return [
        _lent(each, records[each.principal], teams, spans, limits) if _ready(each, limits) else each for each in lessons
    ]


def _teams(lessons: Sequence[Lesson], records: Mapping[Principal, Record], limits: Limits) -> _Teams:
    people: dict[tuple[str, str, str], list[WeekHours]] = {}
    for each in lessons:
        if each.status == ADOPTED and _person(each) and len(each.hours.blocks) == 1:
            record = records[each.principal]
            for way in _ways(each, record):
                people.setdefault((way, _region(record), each.zone), []).append(each.hours)
    found: dict[str, list[_Team]] = {}
    for (way, region, zone), hours in sorted(people.items(), key=lambda each: each[0]):
        if len(hours) >= limits.lenders:
            found.setdefault(way, []).append(_Team(region, zone, len(hours), _middle(hours)))
    return found


def _ready(lesson: Lesson, limits: Limits) -> bool:
    """Whether it is a person who has come newly, and whom a rule can name."""
    amount = lesson.amount
    enough = amount.days >= limits.lent_days and amount.weeks >= limits.lent_weeks
    new = lesson.status == COLD and lesson.move is None
    return new and enough and _person(lesson) and (lesson.principal.kind == USER or bool(lesson.roles))


def _person(lesson: Lesson) -> bool:
    return lesson.nature.kind == "person" and lesson.principal.kind in (SESSION, USER)


def _ways(lesson: Lesson, record: Record) -> list[str]:
    """Roles that people come with, or the account that a user is of."""
    return (
        [lesson.principal.account]
        if lesson.principal.kind == USER
        else sorted({role_glob(role) for role in record.roles})
    )


def _region(record: Record) -> str:
    """Where most calls go; "" if that says nothing."""
    shares = region_shares(record.regions)
    region = max(sorted(shares), key=lambda each: shares[each], default="")
    return "" if region == EVERYBODYS_REGION else region


def _middle(hours: Sequence[WeekHours]) -> WeekHours:
    """When the middle one of them begins and ends, on the weekdays of most."""
    begin = median_low([each.blocks[0][0] for each in hours])
    end = median_low([each.blocks[0][1] for each in hours])
    weekdays = Counter(each.weekdays for each in hours)
    return WeekHours(((begin, end),), max(sorted(weekdays), key=lambda each: weekdays[each]), {})


def _lent(lesson: Lesson, record: Record, teams: _Teams, spans: Spans, limits: Limits) -> Lesson:
    """The hours of the team that holds most of what was seen; none where one of another clock holds enough as well."""
    region = _region(record)
    known = [team for way in _ways(lesson, record) for team in teams.get(way, ()) if region in ("", team.region)]
    fitting = [(share, team) for team in known if (share := _share(record, team, spans)) >= WITHIN]
    if not fitting:
        return lesson
    share, best = max(fitting, key=lambda each: (each[0], each[1].people, each[1].zone, each[1].region))
    if any(spans.apart(best.zone, team.zone) > limits.near_hours for _, team in fitting):
        return lesson
    words = (
        f"hours lent by {counted(best.people, 'colleague')}, {week_words(best.zone, best.hours)}, "
        f"which hold {percent(share)} of what was seen"
    )
    return replace(lesson, status=ADOPTED, reasons=(), zone=best.zone, hours=best.hours, guess=None, lent=words)


def _share(record: Record, team: _Team, spans: Spans) -> float:
    """The share of active half hours within the team's hours."""
    halves = local_halves(record, spans, team.zone)
    begin, end = team.hours.blocks[0]
    inside = sum(
        (half - begin) % HALVES < end - begin and ((half - begin) // HALVES + 3) % 7 in team.hours.weekdays
        for half in dict.fromkeys(halves)
    )
    return inside / len(set(halves))
