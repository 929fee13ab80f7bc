"""The whole half year of one seed: everybody's calls and pushes in the order of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from benchmarks.hours.intruders import teach
from benchmarks.hours.lives import Activity, instant, live, poisson, push
from benchmarks.hours.machines import run_machines
from benchmarks.hours.people import Person, people
from benchmarks.hours.pushes import Push
from benchmarks.hours.rates import HISTORY, RATES, START, WEEKS, Rates

from tocsin.hours.learn import Sighting


@dataclass(frozen=True, slots=True)
class Company:
    """`pushes` are ordinary ones only; intruders of the history are among the sightings."""

    seed: int
    people: tuple[Person, ...]
    sightings: tuple[Sighting, ...]
    pushes: tuple[Push, ...]

    def until(self, week: int) -> list[Sighting]:
        """What was seen before so many weeks had passed."""
        end = week_begins(week)
        return [each for each in self.sightings if each.start < end]

    def between(self, first: int, last: int) -> list[Push]:
        """The ordinary pushes of weeks from the first until the last."""
        begin, end = week_begins(first), week_begins(last)
        return [each for each in self.pushes if begin <= each.at < end]


def week_begins(week: int) -> int:
    """Epoch seconds of the midnight of UTC after so many weeks."""
    return instant(START + timedelta(weeks=week), 0, "UTC")


def company(seed: int, rates: Rates = RATES, weeks: int = WEEKS, history: int = HISTORY) -> Company:
    """The same seed always makes the same company."""
    everybody, activity = people(seed, rates), Activity()
    for each in everybody:
        live(each, Random(f"{seed} {each.name}"), rates, activity, weeks)
    _hotfixes(everybody, Random(f"{seed} hotfixes"), rates, activity, weeks)
    run_machines(Random(f"{seed} machines"), rates, activity, weeks)
    teach(everybody, Random(f"{seed} intruders"), activity, history)
    activity.sightings.sort(key=lambda each: (each.start, each.subject.principal))
    activity.pushes.sort(key=lambda each: (each.at, each.subject.principal, each.tag))
    return Company(seed, everybody, tuple(activity.sightings), tuple(activity.pushes))


def _hotfixes(everybody: Sequence[Person], random: Random, rates: Rates, activity: Activity, weeks: int) -> None:
    """Somebody is called out of hours, and pushes."""
    for week in range(weeks):
        for _ in range(poisson(rates.hotfixes, random)):
            at = week_begins(week) + random.randrange(7 * 86_400)
            person = random.choice(everybody)
            local = datetime.fromtimestamp(at, ZoneInfo(person.zone(_day(at))))
            if _day(at) >= person.joined and (local.weekday() >= 5 or not 8 <= local.hour < 19):
                push(person, at, "198.51.100.200", "called at night", random, rates, activity)


def _day(at: int) -> date:
    return datetime.fromtimestamp(at, ZoneInfo("UTC")).date()
