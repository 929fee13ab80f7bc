"""Who works in the company: five teams, a night shift, travellers, one who moves, newcomers, one with split days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from random import Random

import holidays
from benchmarks.hours.rates import RATES, START, WEEKS, Rates

from tocsin.hours import Subject

ACCOUNT = "111122223333"
MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
SUNDAY_TO_THURSDAY = (6, 0, 1, 2, 3)


@dataclass(frozen=True, slots=True)
class Team:
    """`login` is how its people reach AWS: `sso`, `role` (sessions named by e-mail) or `user` (IAM users)."""

    name: str
    zone: str
    country: str
    subdivision: str
    size: int
    region: str
    login: str
    weekdays: tuple[int, ...] = MONDAY_TO_FRIDAY


TEAMS = (
    Team("berlin", "Europe/Berlin", "DE", "BE", 8, "eu-central-1", "sso"),
    Team("los-angeles", "America/Los_Angeles", "US", "CA", 6, "us-west-2", "sso"),
    Team("bangalore", "Asia/Kolkata", "IN", "KA", 6, "us-east-1", "role"),
    Team("sydney", "Australia/Sydney", "AU", "NSW", 5, "ap-southeast-2", "sso"),
    Team("tel-aviv", "Asia/Jerusalem", "IL", "", 5, "us-east-1", "user", SUNDAY_TO_THURSDAY),
)
NIGHT_SHIFT = Team("night-shift", "Europe/Berlin", "DE", "BE", 2, "eu-central-1", "sso", SUNDAY_TO_THURSDAY)


@dataclass(frozen=True, slots=True)
class Stay:
    """Somewhere else from the first day to the last, both included."""

    first: date
    last: date
    zone: str
    for_good: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Hours are local; an end past 24 is the next morning. `split` works every other evening, by habit."""

    name: str
    team: Team
    begin: float
    end: float
    jitter: float
    calls: float
    joined: date = START
    stay: Stay | None = None
    split: bool = False

    @property
    def night_shift(self) -> bool:
        return self.end > 24

    def zone(self, day: date) -> str:
        """The zone of where the person is."""
        return self.stay.zone if self.away(day) and self.stay else self.team.zone

    def place(self, day: date) -> Team:
        """The team whose working week and holidays the person keeps: after a move that of the new place."""
        if self.stay is not None and self.stay.for_good and self.away(day):
            return next(team for team in TEAMS if team.zone == self.stay.zone)
        return self.team

    def away(self, day: date) -> bool:
        return self.stay is not None and self.stay.first <= day <= self.stay.last


def people(seed: int, rates: Rates = RATES) -> tuple[Person, ...]:
    """Everybody, in the order of teams."""
    random = Random(f"{seed} people")
    found = [_person(team, number, random, rates) for team in TEAMS for number in range(team.size)]
    by_name = {each.name: each for each in found}
    for name, zone in (
        ("berlin0", "America/Los_Angeles"),
        ("los-angeles0", "Asia/Kolkata"),
        ("bangalore0", "Europe/Berlin"),
        ("sydney0", "Europe/Berlin"),
    ):
        first = START + timedelta(weeks=random.randrange(WEEKS - 2))
        stay = Stay(first, first + timedelta(days=rates.trip_days - 1), zone)
        by_name[name] = replace(by_name[name], stay=stay)
    move = START + timedelta(weeks=random.randrange(12, 20))
    by_name["tel-aviv1"] = replace(by_name["tel-aviv1"], stay=Stay(move, date.max, "America/Los_Angeles", True))
    for name in ("berlin6", "bangalore5"):
        by_name[name] = replace(by_name[name], joined=START + timedelta(weeks=random.randrange(13, 20)))
    by_name["berlin7"] = replace(by_name["berlin7"], split=True, end=by_name["berlin7"].begin + 6)
    night = [replace(_person(NIGHT_SHIFT, number, random, rates), begin=22.0, end=30.0) for number in range(2)]
    return (*by_name.values(), *night)


def _person(team: Team, number: int, random: Random, rates: Rates) -> Person:
    begin = random.gauss(*rates.begin)
    end = begin + random.gauss(*rates.length)
    return Person(f"{team.name}{number}", team, begin, end, random.uniform(*rates.jitter), random.uniform(*rates.calls))


def subject_of(person: Person, region: str = "", repository: str = "") -> Subject:
    """Whom records name."""
    team, mail = person.team, f"{person.name}@example.com"
    if team.login == "user":
        arn = f"arn:aws:iam::{ACCOUNT}:user/{person.name}"
        return Subject(arn, person.name, "", "", ACCOUNT, repository, region, "IAMUser")
    role = "AWSReservedSSO_Developer_8f3a6c1d2b4e5f70" if team.login == "sso" else "Developer"
    arn = f"arn:aws:sts::{ACCOUNT}:assumed-role/{role}/{mail}"
    return Subject(arn, "", role, mail, ACCOUNT, repository, region, "AssumedRole")


@lru_cache(maxsize=16)
def public_holidays(team: Team) -> frozenset[date]:
    years = range(START.year, START.year + 2)
    return frozenset(holidays.country_holidays(team.country, team.subdivision or None, years=years))
