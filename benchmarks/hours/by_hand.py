"""The company's own calendar file, as somebody who knows it would write it: what calendars can do at best.

It has the teams' hours with an hour of slack, public holidays, the night shift, the split day, the move and the robots.
Late work, trips of two weeks and nightly calls are in no file: nobody writes them down beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.hours.machines import CI, MIRROR, NIGHTLY
from benchmarks.hours.people import NIGHT_SHIFT, TEAMS, Person, Team

from tocsin.hours import Hours, read_hours
from tocsin.source import Source

OPENS, CLOSES = "07:00", "19:30"
_DAYS = {6: "sun-thu", 0: "mon-fri"}


def hours_of_company(everybody: Sequence[Person]) -> Hours:
    return read("hours.yml", text(everybody))


def read(name: str, written: str) -> Hours:
    """The hours of a file's text. Raises ValueError if it has errors."""
    found = read_hours(Source(name, written), Path())
    if found.hours is None:
        raise ValueError("; ".join(each.message for each in found.diagnostics))
    return found.hours


def text(everybody: Sequence[Person]) -> str:
    """The file."""
    return "\n".join(["zone: UTC", "calendars:", *_calendars(), "assign:", *_rules(everybody), "default: none", ""])


def _calendars() -> Iterator[str]:
    for team in TEAMS:
        yield from _calendar(team.name, team, f"{OPENS}-{CLOSES}")
    yield from _calendar("split-days", TEAMS[0], f"{OPENS}-17:00, 19:30-23:30")
    yield from _calendar(NIGHT_SHIFT.name, NIGHT_SHIFT, "20:30-07:30")
    yield from ("  nightly:", "    zone: UTC", "    week: {daily: 01:00-02:00}")


def _calendar(name: str, team: Team, hours: str) -> Iterator[str]:
    holidays = f"{team.country}-{team.subdivision}" if team.subdivision else team.country
    yield from (f"  {name}:", f"    zone: {team.zone}", f"    week: {{{_DAYS[team.weekdays[0]]}: [{hours}]}}")
    if name != NIGHT_SHIFT.name:  # somebody watches on holidays, too
        yield f"    holidays: {holidays}"


def _rules(everybody: Sequence[Person]) -> Iterator[str]:
    for each in everybody:
        who = "user" if each.team.login == "user" else "session"
        name = each.name if who == "user" else f"{each.name}@example.com"
        if each.stay is not None and each.stay.for_good:
            there = next(team.name for team in TEAMS if team.zone == each.stay.zone)
            yield f"  - {{{who}: {name}, from: {each.stay.first.isoformat()}, calendar: {there}}}"
        yield f"  - {{{who}: {name}, calendar: {'split-days' if each.split else each.team.name}}}"
    yield f"  - {{role: {CI}, robot: true, calendar: always}}"
    yield f"  - {{user: {MIRROR}, robot: true, calendar: always}}"
    yield f"  - {{role: {NIGHTLY}, robot: true, calendar: nightly}}"
