"""Intruders with stolen keys: when each kind comes, and what those did who came while hours were learned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from benchmarks.hours.lives import Activity, instant
from benchmarks.hours.machines import CI, robot
from benchmarks.hours.people import Person, public_holidays, subject_of
from benchmarks.hours.pushes import Push
from benchmarks.hours.rates import HISTORY, START, WEEKS
from msgspec.structs import replace

from tocsin.hours.learn import Sighting

NIGHT, TAUGHT, RANDOM, INSIDE, ROBOT = "night", "taught", "random", "inside", "robot"
KINDS = {
    NIGHT: "in the victim's night (23:00 to 06:00 where the victim is; for the night shift 09:00 to 17:00)",
    TAUGHT: "the same from 02:00 to 04:00, after three such nights in the history that is learned from",
    RANDOM: "at any time of the week",
    INSIDE: "inside the victim's own hours on a working day",
    ROBOT: "with the key of the pipeline that runs around the clock, at any time",
}
TAUGHT_NIGHTS = 3
ADDRESS = "192.0.2.66"


def victims_before(everybody: Sequence[Person]) -> tuple[Person, ...]:
    """Those whose keys were used while hours were learned."""
    return tuple(each for each in everybody if each.name in ("berlin2", "los-angeles2"))


def teach(everybody: Sequence[Person], random: Random, activity: Activity, history: int = HISTORY) -> None:
    """Three busy nights with each early victim's key, in three different weeks of the history."""
    for victim in victims_before(everybody):
        for week in sorted(random.sample(range(1, history), TAUGHT_NIGHTS)):
            day = START + timedelta(weeks=week, days=random.randrange(7))
            subject = subject_of(victim, victim.team.region)
            for _ in range(40):
                at = instant(day, random.uniform(2, 4), victim.zone(day))
                activity.sightings.append(Sighting(subject, at, at, 1, "aws-cli/2.15.30", ADDRESS))


def intrusions(
    kind: str, count: int, everybody: Sequence[Person], random: Random, weeks: tuple[int, int] = (HISTORY, WEEKS)
) -> Iterator[Push]:
    """So many pushes of one kind, independent of one another, in weeks from the first until the last."""
    made = 0
    while made < count:
        day = START + timedelta(days=random.randrange(7 * weeks[0], 7 * weeks[1]))
        victim = random.choice(victims_before(everybody) if kind == TAUGHT else everybody)
        hour = _hour(kind, victim, day, random)
        if day >= victim.joined and hour is not None:
            yield _push(kind, instant(day, hour, victim.zone(day)), victim)
            made += 1


def _hour(kind: str, victim: Person, day: date, random: Random) -> float | None:
    """An hour of the victim's day; None if that kind does not come then."""
    if kind == NIGHT:
        return random.uniform(9, 17) if victim.night_shift else random.uniform(23, 30)
    if kind == TAUGHT:
        return random.uniform(2, 4)
    if kind == INSIDE:
        place = victim.place(day)
        at_work = day.weekday() in place.weekdays and day not in public_holidays(place)
        return random.uniform(victim.begin, victim.end) if at_work else None
    return random.uniform(0, 24)


def _push(kind: str, at: int, victim: Person) -> Push:
    repository = f"{victim.team.name}/service-0"
    subject = subject_of(victim, victim.team.region, repository)
    if kind == ROBOT:
        subject = replace(robot(CI), repository="apps/app-0")
    return Push(at, subject, ADDRESS, "1.0.1", f"intruder {kind}", victim.name)
