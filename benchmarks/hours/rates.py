"""What the simulated company is like: every rate in one place, each with why it is what it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

START = date(2024, 1, 8)  # a Monday; until 7 July, so that every team's clock change lies in it
WEEKS = 26
HISTORY = 12  # weeks that are learned from; the others are judged
RELEARN = 4  # weeks


@dataclass(frozen=True, slots=True)
class Rates:
    """Plausible, and not fitted to any result: `docs/hours/how-good.md` tells what was changed after a first look.

    Days are working days, hours local.
    """

    pushes: float = 0.6  # a day and person by hand: most images are pushed by pipelines
    late_pushes: float = 0.3  # a stretch of late, early, weekend or holiday work: there is a reason to be at it
    builds: float = 0.8  # pipeline runs a day and person
    calls: tuple[float, float] = (0.7, 2.4)  # an hour and person, other than pushes
    begin: tuple[float, float] = (9.2, 0.7)  # hour of the day, differs between people by so much
    length: tuple[float, float] = (8.7, 0.5)
    jitter: tuple[float, float] = (0.2, 0.8)  # hours by which one person's days differ
    stays_late: float = 0.02  # of days end one to four hours later
    evening: float = 0.03  # of days have an hour or two more from 20:00 or later
    early: float = 0.01  # of days begin two hours earlier
    weekend: float = 0.03  # of free days have two to four hours of work
    on_holiday: float = 0.05  # of public holidays are worked
    sick: float = 0.03  # of days
    vacations: int = 2  # of five to nine days each, in half a year
    hotfixes: float = 0.5  # a week in the whole company: somebody is called at any hour
    platforms: float = 0.15  # of pushes are for two architectures: three records, one with a tag
    failed: float = 0.02  # of pushes: the tag is there already
    latest: float = 0.3  # of pushes use one tag again; the others have one of their own
    copied: float = 0.3  # of pipeline pushes are copied to another region by the registry
    updates: float = 6.0  # a day: pipeline runs that a program starts, at any hour
    nightly: int = 6  # images built anew at 01:17 UTC every night
    mirrored: float = 0.6  # of six-hourly runs of the mirror find something to push
    trip_days: int = 14


RATES = Rates()
