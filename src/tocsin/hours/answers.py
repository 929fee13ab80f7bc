"""The columns that `businesshours` and `unusualhour` add, from columns of what each event says of itself.

A function here is given a list for each name of `tocsin.plan.lower.subject`, and gives a list for each key that a
`Judge` of the plan knows; all are equally long. What is missing is None, in and out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from tocsin.hours.judge import UNKNOWN, Verdict, judge_of
from tocsin.hours.learn.principals import Principal
from tocsin.hours.profile import Profiles, surprises_of
from tocsin.hours.rules import Hours, Subject
from tocsin.hours.subject import subject_of

Cell = str | float | None
Told = Mapping[str, Sequence[Cell]]
Answers = dict[str, list[Cell]]
Ask = Callable[[Told], Answers]

WHO = ("kind", "arn", "principal", "user", "account", "role", "region", "repository")
_KEPT = 100_000
_NO_TIME = math.nan


def business_hours(hours: Hours, calendar: str = "") -> Ask:
    """Verdicts of `hours`; with a `calendar` all by that one, whoever acted. Raises KeyError for an unknown one."""
    judge = judge_of(_all_by(hours, calendar) if calendar else hours)
    subjects = _Subjects()

    def ask(told: Told) -> Answers:
        found = judge.verdicts(_times(told), subjects.of(told))
        rule = f"calendar={calendar}" if calendar else ""
        return {
            "local_time": [each.local_time or None for each in found],
            "zone": [each.zone if each.local_time else None for each in found],
            "calendar": [each.calendar or None for each in found],
            "state": [each.state for each in found],
            "reason": [each.reason for each in found],
            "rule": [_rule(each, rule) for each in found],
        }

    return ask


def unusual_hours(profiles: Profiles) -> Ask:
    """How surprising each event's hour is for its principal."""
    surprises, subjects = surprises_of(profiles), _Subjects()
    principals: dict[Subject, Principal | None] = {}

    def of(at: float, subject: Subject) -> tuple[Cell, ...]:
        if subject not in principals:
            if len(principals) >= _KEPT:
                principals.clear()
            principals[subject] = profiles.find(subject)
        principal = principals[subject]
        if not math.isfinite(at):
            return (None, None, "no time", None, None)
        found = surprises.of(principal, at)
        return (found.bits, found.usual, found.words, str(principal) if principal else None, found.zone or None)

    def ask(told: Told) -> Answers:
        rows = [of(at, subject) for at, subject in zip(_times(told), subjects.of(told), strict=True)]
        columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], [], [], []]
        return dict(zip(("bits", "usual", "words", "principal", "zone"), columns, strict=True))

    return ask


class _Subjects:
    """Subjects of rows: one object for all rows that say the same, so that it is looked up once."""

    def __init__(self) -> None:
        self._known: dict[tuple[Cell, ...], Subject] = {}

    def of(self, told: Told) -> list[Subject]:
        if len(self._known) >= _KEPT:
            self._known.clear()
        known, found = self._known, []
        for each in zip(*(told[name] for name in WHO), strict=True):
            subject = known.get(each)
            if subject is None:
                known[each] = subject = subject_of(*("" if text is None else str(text) for text in each))
            found.append(subject)
        return found


def _times(told: Told) -> list[float]:
    return [_NO_TIME if at is None else float(at) for at in told["time"]]


def _rule(verdict: Verdict, option: str) -> str | None:
    if verdict.state == UNKNOWN:
        return None
    return option or verdict.rule or None


def _all_by(hours: Hours, calendar: str) -> Hours:
    """The same hours with one calendar for everybody."""
    if calendar not in hours.names:
        raise KeyError(calendar)
    return replace(hours, rules=(), default=calendar, default_line=0)
