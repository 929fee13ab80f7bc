"""A company of five teams, night shift, traveller, robots and intruders, with what is true of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from tests.hours.learn.people import (
    MONDAY_TO_FRIDAY,
    SUNDAY_TO_THURSDAY,
    Robot,
    Worker,
    intruder,
    life,
    runs,
)
from tocsin.hours.learn import Sighting

TEAMS = (
    ("Europe/Berlin", "eu-central-1", 5, MONDAY_TO_FRIDAY),
    ("America/Los_Angeles", "us-east-1", 4, MONDAY_TO_FRIDAY),
    ("Asia/Kolkata", "us-east-1", 4, MONDAY_TO_FRIDAY),
    ("Australia/Sydney", "us-east-1", 4, MONDAY_TO_FRIDAY),
    ("Asia/Jerusalem", "us-east-1", 3, SUNDAY_TO_THURSDAY),
)
VICTIM = Worker("victim", "Europe/Berlin", region="eu-central-1")
NIGHT = Worker("night", "Europe/Berlin", 22, 30, region="eu-central-1")
TRIP = (date(2024, 3, 4), date(2024, 3, 17), "America/Los_Angeles")
TRAVELLER = Worker("traveller", "Europe/Berlin", region="eu-central-1", trip=TRIP)
MOVED = Worker("moved", "Europe/Berlin", trip=(date(2024, 4, 1), date(2024, 12, 31), "America/Los_Angeles"))
NEWCOMER = Worker("newcomer", "Europe/Berlin")
NEWEST = Worker("newest", "Europe/Berlin")
ALONE = Worker("alone", "Asia/Tokyo", region="eu-central-1")
CI = Robot("ci-images", sessions=("GitHubActions", "botocore-session-1706000000"))
NIGHTLY = Robot("backup", every=1440, first=137)
POLLER = Robot("poller", every=60)


def teams(random: Random) -> list[Worker]:
    """People who begin around nine, some earlier and some later, and differ in how regular and busy they are."""
    found = []
    for zone, region, size, weekdays in TEAMS:
        city = zone.rpartition("/")[2].lower()
        for number in range(size):
            begin = random.gauss(9.2, 0.7)
            end, jitter, calls = begin + random.gauss(8.7, 0.5), random.uniform(0.2, 0.8), random.uniform(0.7, 2.4)
            found.append(Worker(f"{city}{number}", zone, begin, end, weekdays, jitter, calls, region=region))
    return found


def company(seed: int) -> Iterator[Sighting]:
    """Everybody's history of 120 days; an intruder uses the victim's session in three nights of it."""
    for worker in (*teams(Random(seed)), VICTIM, NIGHT, TRAVELLER, MOVED, ALONE):
        yield from life(worker, Random(f"{seed}{worker.name}"))
    yield from intruder(VICTIM, Random(seed), 3)
    yield from life(NEWCOMER, Random(seed), days=11, start=date(2024, 5, 2))
    yield from life(NEWEST, Random(seed), days=4, start=date(2024, 5, 9))
    for robot in (CI, NIGHTLY, POLLER):
        yield from runs(robot, Random(f"{seed}{robot.name}"))
