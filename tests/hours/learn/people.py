"""Synthetic people: seeded working lives of months, as sightings, with a truth to compare with what is learned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from tocsin.hours import Subject
from tocsin.hours.learn import Sighting

QUARTER = 900
MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
SUNDAY_TO_THURSDAY = (6, 0, 1, 2, 3)
START = date(2024, 1, 15)


class Worker(Struct, frozen=True):
    """Begins and ends at hours of the local day (an end past 24 is the next morning), give or take `jitter`."""

    name: str
    zone: str
    begin: float = 9.0
    end: float = 17.5
    weekdays: tuple[int, ...] = MONDAY_TO_FRIDAY
    jitter: float = 0.5
    calls: float = 1.5  # an hour
    late: float = 0.03  # the share of days with an hour in the evening
    weekend: float = 0.02
    away: float = 0.08
    region: str = "us-east-1"
    trip: tuple[date, date, str] | None = None
    agent: str = "aws-cli/2.15.30 md/Botocore#1.34"
    person: bool = True


def subject_of(worker: Worker) -> Subject:
    session = f"{worker.name}@example.com"
    role = "AWSReservedSSO_Developer_0123456789abcdef"
    return Subject(
        principal=f"arn:aws:sts::111111111111:assumed-role/{role}/{session}",
        role=role,
        session=session,
        account="111111111111",
        region=worker.region,
        identity="AssumedRole",
    )


def life(worker: Worker, random: Random, days: int = 120, start: date = START) -> Iterator[Sighting]:
    """The calls of one person over so many days, in order of days."""
    subject = subject_of(worker)
    for number in range(days):
        day = start + timedelta(days=number)
        for at in _day(worker, day, random):
            yield Sighting(
                subject, at, at, 1, worker.agent, "198.51.100.7", person=worker.person and random.random() < 0.3
            )


def _day(worker: Worker, day: date, random: Random) -> Iterator[int]:
    zone = worker.zone
    if worker.trip and worker.trip[0] <= day <= worker.trip[1]:
        zone = worker.trip[2]
    if day.weekday() in worker.weekdays:
        if random.random() < worker.away:
            return
        begin, end = worker.begin + random.gauss(0, worker.jitter), worker.end + random.gauss(0, worker.jitter * 1.4)
        yield from _calls(begin, end, worker.calls, day, zone, random)
        if random.random() < worker.late:
            yield from _calls(worker.end + 3, worker.end + 4, 3, day, zone, random)
    elif random.random() < worker.weekend:
        yield from _calls(11, 14, 1, day, zone, random)


def _calls(begin: float, end: float, rate: float, day: date, zone: str, random: Random) -> Iterator[int]:
    at = begin + random.expovariate(rate)
    while at < end:
        yield instant(day, at, zone)
        at += random.expovariate(rate)


def instant(day: date, hour: float, zone: str) -> int:
    """Epoch seconds of an hour of a local day; hours past 24 are the next day's."""
    wall = datetime.combine(day, time()) + timedelta(hours=hour)
    return int(wall.replace(tzinfo=ZoneInfo(zone)).timestamp())


def intruder(victim: Worker, random: Random, days: int, zone: str = "UTC", start: date = START) -> Iterator[Sighting]:
    """Somebody with the victim's session who works hard for a few days at the victim's three in the morning."""
    subject = subject_of(victim)
    for number in range(days):
        day = start + timedelta(days=40 + 9 * number)
        for _ in range(60):
            at = instant(day, 2 + 2 * random.random(), victim.zone)
            yield Sighting(subject, at, at, 1, "aws-cli/2.15.30", "203.0.113.66", person=True)


class Robot(Struct, frozen=True):
    """Runs every `every` minutes from `first` minutes past midnight UTC; with 0 at random times all day."""

    name: str
    every: int = 0
    first: int = 17
    rate: int = 40
    agent: str = "Boto3/1.34 exec-env/AWS_ECS_FARGATE"
    sessions: tuple[str, ...] = ("1706000000000000000",)
    region: str = "us-east-1"
    fields: dict[str, str] = field(default_factory=dict)


def runs(robot: Robot, random: Random, days: int = 120, start: date = START) -> Iterator[Sighting]:
    """A role's calls by a schedule or all around the clock."""
    for number in range(days):
        midnight = instant(start + timedelta(days=number), 0, "UTC")
        minutes = (
            range(robot.first, 1440, robot.every)
            if robot.every
            else [random.randrange(1440) for _ in range(robot.rate)]
        )
        for minute in minutes:
            at = midnight + minute * 60 + random.randrange(20)
            session = random.choice(robot.sessions)
            subject = Subject("", "", robot.name, session, "111111111111", "", robot.region, "AssumedRole")
            yield Sighting(subject, at, at, 1, robot.agent, "198.51.100.9")
