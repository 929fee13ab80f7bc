"""What `businesshours` says of events: verdicts, column by column."""

from __future__ import annotations

from msgspec.structs import replace

from tocsin.hours.judge import UNKNOWN, Verdict, judge_of
from tocsin.hours.rules import Hours
from tocsin.hours.told import Answers, Ask, Subjects, Told, times


def business_hours(hours: Hours, calendar: str = "") -> Ask:
    """Verdicts of `hours`; with a `calendar` all by that one, whoever acted. Raises KeyError for an unknown one."""
    judge = judge_of(_all_by(hours, calendar) if calendar else hours)
    subjects = Subjects()
    option = f"calendar={calendar}" if calendar else ""

    def ask(told: Told) -> Answers:
        found = judge.verdicts(times(told), subjects.of(told))
        return {
            "local_time": [each.local_time or None for each in found],
            "zone": [each.zone if each.local_time else None for each in found],
            "calendar": [each.calendar or None for each in found],
            "state": [each.state for each in found],
            "reason": [each.reason for each in found],
            "rule": [_rule(each, option) for each in found],
        }

    return ask


def _rule(verdict: Verdict, option: str) -> str | None:
    if verdict.state == UNKNOWN:
        return None
    return option or verdict.rule or None


def _all_by(hours: Hours, calendar: str) -> Hours:
    """The same hours with one calendar for everybody."""
    if calendar not in hours.names:
        raise KeyError(calendar)
    return replace(hours, rules=(), default=calendar, default_line=0)
