"""A person's half year: days at work, late evenings, weekends, holidays, trips; the calls and pushes of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import exp
from random import Random
from zoneinfo import ZoneInfo

from benchmarks.hours.people import Person, public_holidays, subject_of
from benchmarks.hours.pushes import Push
from benchmarks.hours.rates import START, WEEKS, Rates

from tocsin.hours import Subject
from tocsin.hours.learn import Sighting

NEW_FOR = timedelta(weeks=8)
_AGENT = "aws-cli/2.15.30 md/Botocore#1.34"
_DOCKER = "docker/27.5.1 go/go1.22 kernel/6.8 os/linux"


@dataclass(slots=True)
class Activity:
    """Everything that CloudTrail would record. `builds` are the moments at which people set off the pipeline."""

    sightings: list[Sighting] = field(default_factory=list)
    pushes: list[Push] = field(default_factory=list)
    builds: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Hours of work of a local day, and why they are worked."""

    begin: float
    end: float
    cause: str


def instant(day: date, hour: float, zone: str) -> int:
    """Epoch seconds of an hour of a local day; hours past 24 are the next day's."""
    wall = datetime.combine(day, time()) + timedelta(hours=hour)
    return int(wall.replace(tzinfo=ZoneInfo(zone)).timestamp())


def poisson(mean: float, random: Random) -> int:
    count, product, least = 0, random.random(), exp(-mean)
    while product > least:
        count, product = count + 1, product * random.random()
    return count


def live(person: Person, random: Random, rates: Rates, activity: Activity, weeks: int = WEEKS) -> None:
    """Adds so many weeks of a person's life."""
    vacation = set(_vacations(random, rates, weeks))
    for number in range(7 * weeks):
        day = START + timedelta(days=number)
        if day >= person.joined and day not in vacation:
            for stretch in _stretches(person, day, random, rates):
                _work(person, day, stretch, random, rates, activity)


def _vacations(random: Random, rates: Rates, weeks: int) -> Iterator[date]:
    for _ in range(rates.vacations):
        first = START + timedelta(days=random.randrange(7 * weeks))
        yield from (first + timedelta(days=each) for each in range(random.randrange(5, 10)))


def _stretches(person: Person, day: date, random: Random, rates: Rates) -> Iterator[Stretch]:
    if day.weekday() not in person.place(day).weekdays:
        if random.random() < rates.weekend:
            begin = random.uniform(10, 17)
            yield Stretch(begin, begin + random.uniform(2, 4), "weekend")
        return
    cause = "office hours"
    if day in public_holidays(person.place(day)):
        if random.random() >= rates.on_holiday:
            return
        cause = "holiday"
    if random.random() < rates.sick:
        return
    begin, end = random.gauss(person.begin, person.jitter), random.gauss(person.end, 1.4 * person.jitter)
    if random.random() < rates.early:
        yield Stretch(begin - 2, begin, "late or early")
    yield Stretch(begin, end, cause)
    yield from _evening(person, end, random, rates)


def _evening(person: Person, end: float, random: Random, rates: Rates) -> Iterator[Stretch]:
    if person.split:
        if random.random() < 0.5:
            begin = random.uniform(20, 21)
            yield Stretch(begin, begin + 2, "evening by habit")
    elif random.random() < rates.stays_late:
        yield Stretch(end, end + random.uniform(1, 4), "late or early")
    elif not person.night_shift and random.random() < rates.evening:
        begin = random.uniform(20, 22)
        yield Stretch(begin, begin + random.uniform(1, 2), "late or early")


def _work(person: Person, day: date, stretch: Stretch, random: Random, rates: Rates, activity: Activity) -> None:
    zone, cause = person.zone(day), _cause(person, day, stretch)
    address = f"198.51.100.{len(person.name) * 7 + random.randrange(2)}"
    subject = subject_of(person, "us-east-1" if random.random() < 0.2 else person.team.region)
    console = random.random() < 0.4
    lunch = random.gauss(person.begin + 3.5, 0.4)
    hour = stretch.begin + random.expovariate(person.calls)
    while hour < stretch.end:
        if not lunch <= hour < lunch + 0.75:
            at = instant(day, hour, zone)
            activity.sightings.append(Sighting(subject, at, at, 1, _AGENT, address, person=console))
        hour += random.expovariate(person.calls)
    part = (stretch.end - stretch.begin) / rates.length[0]
    usual = stretch.cause in ("office hours", "evening by habit")
    for _ in range(poisson(rates.pushes * part if usual else max(rates.pushes * part, rates.late_pushes), random)):
        at = instant(day, random.uniform(stretch.begin, stretch.end), zone)
        push(person, at, address, cause, random, rates, activity)
    for _ in range(poisson(rates.builds * part, random)):
        activity.builds.append(instant(day, random.uniform(stretch.begin, stretch.end), zone))


def _cause(person: Person, day: date, stretch: Stretch) -> str:
    if person.away(day) and person.stay:
        return "after a move" if person.stay.for_good else "travelling"
    if stretch.cause != "office hours":
        return stretch.cause
    if person.joined > START and day < person.joined + NEW_FOR:
        return "newcomer"
    if person.split:
        return "person with split days"
    return "night shift" if person.night_shift else stretch.cause


def push(person: Person, at: int, address: str, cause: str, random: Random, rates: Rates, activity: Activity) -> None:
    """One push by hand, to one of the team's six repositories."""
    subject = subject_of(person, person.team.region, f"{person.team.name}/service-{random.randrange(6)}")
    activity.sightings.append(Sighting(subject, at, at, 1, _DOCKER, address))
    activity.pushes.extend(records(subject, at, address, cause, person.name, random, rates))


def records(
    subject: Subject, at: int, address: str, cause: str, person: str, random: Random, rates: Rates
) -> Iterator[Push]:
    """The records of one push: of each architecture by digest, then the one with the tag."""
    tag = "latest" if random.random() < rates.latest else f"{random.getrandbits(28):07x}"
    if random.random() < rates.failed:
        yield Push(at, subject, address, tag, cause, person, failed=True)
        return
    if random.random() < rates.platforms:
        yield Push(at, subject, address, "", cause, person)
        yield Push(at + 1, subject, address, "", cause, person)
        at += 2
    yield Push(at, subject, address, tag, cause, person)
