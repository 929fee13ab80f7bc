"""What is compared: each system says of a push whether it raises an alarm, and which row or finding it is in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.hours.by_hand import read
from benchmarks.hours.company import Company, week_begins
from benchmarks.hours.machines import CI, MIRROR, NIGHTLY
from benchmarks.hours.pushes import Push, finding, original_row, outside_utc
from benchmarks.hours.rates import RELEARN, WEEKS

from tocsin.hours import Hours, Judge
from tocsin.hours.learn import Gathering, Hints, History, Learned, learn, propose
from tocsin.hours.learn.company import HINTED
from tocsin.hours.learn.lesson import REVIEW
from tocsin.hours.profile import Profiles, Surprises, profiles_of

BITS = 5.0  # the macro `aws_ecr_unusual_hour_bits`
_ROBOTS = frozenset({CI, NIGHTLY, MIRROR})

Alert = tuple[str, ...]
Says = Callable[[Push], Alert | None]
"""The row or finding that a push raises or joins; None if it raises no alarm."""


def original(push: Push) -> Alert | None:
    """Splunk's analytic as a search over each day of UTC, run once a day: a row is an alert."""
    return original_row(push) if outside_utc(push) else None


def original_without_robots(push: Push) -> Alert | None:
    """The same with the robots, all of them and no one else, in its filter macro."""
    return None if (push.subject.user or push.subject.role) in _ROBOTS else original(push)


def by_calendars(hours: Hours) -> Says:
    """Our detection with a calendar file: closed and unknown raise alarms."""
    judge = Judge(hours)

    def says(push: Push) -> Alert | None:
        return None if judge.verdict(push.at, push.subject).state == "open" else finding(push)

    return says


def by_profile(profiles: Profiles) -> Says:
    """Our second detection: hours that are so many bits above the usual. Who has no profile raises none."""
    surprises = Surprises(profiles)

    def says(push: Push) -> Alert | None:
        found = surprises.of(profiles.find(push.subject), push.at)
        if found.bits is None or found.usual is None or found.bits - found.usual < BITS:
            return None
        return finding(push)

    return says


@dataclass(frozen=True, slots=True)
class Lessons:
    """What a history of so many weeks teaches: by itself, or added to a last file."""

    learned: Learned
    hours: Hours
    profiles: Profiles


def lessons(made: Company, weeks: int, last: Hours | None = None, adopt: frozenset[str] = frozenset()) -> Lessons:
    """As `tocsin hours learn` would, `--since` the last file, `--adopt` so many: proposed, written, read back."""
    history = history_of(made, weeks)
    theirs = [calendar.zone for calendar in last.calendars.values()] if last else []
    learned = learn(history, Hints(dict.fromkeys(sorted(theirs), HINTED), adopt))
    return Lessons(learned, read("learned.yml", propose(learned, last, adopt).text), profiles_of(history, learned))


def to_adopt(learned: Learned) -> frozenset[str]:
    """Whom somebody who knows the company would believe: all to review whose hours are one person's day.

    He knows who moved, who works at night and whose evenings are held back. Days that are away for now he leaves.
    """
    grave = ("more than one person works", "no hours")
    asked = [each for each in learned.lessons if each.status == REVIEW and not each.robot]
    known = {each.shown for each in asked if not any(word in " ".join(each.reasons) for word in grave)}
    evenings = [each for each in learned.lessons if each.held_back and each.status != REVIEW]
    return frozenset(known | {each.shown for each in evenings if each.move is None})


def history_of(made: Company, weeks: int) -> History:
    gathering = Gathering()
    gathering.add_all(made.until(weeks))
    return gathering.finish()


def kept_up(first: Lessons, made: Company, weeks: int) -> list[tuple[int, Lessons]]:
    """Learned again every four weeks with the last file; each holds from its week on."""
    found = [(weeks, first)]
    for week in range(weeks + RELEARN, WEEKS, RELEARN):
        found.append((week, lessons(made, week, found[-1][1].hours)))
    return found


def read_by_somebody(later: Sequence[tuple[int, Lessons]], made: Company) -> list[tuple[int, Lessons]]:
    """The same where somebody reads the list of those to review each time, and adopts whom he knows."""
    found: list[tuple[int, Lessons]] = []
    for week, before in later:
        last = found[-1][1].hours if found else None
        found.append((week, lessons(made, week, last, to_adopt(before.learned))))
    return found


def in_turn(each: Sequence[tuple[int, Says]]) -> Says:
    """The last that holds when the push happens; the first also before it begins."""
    begins = [(week_begins(week), says) for week, says in each[1:]]

    def says(push: Push) -> Alert | None:
        return next((says for begin, says in reversed(begins) if push.at >= begin), each[0][1])(push)

    return says
