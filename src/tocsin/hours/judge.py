"""The verdict on an instant and a subject: open or closed by whose calendar, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from tocsin.hours.almanac import CLOSED, OPEN, Almanac, Segment, offset_text
from tocsin.hours.assignment import Assignment
from tocsin.hours.calendars import ALWAYS, DAY, FOREVER, NONE, Bound, Validity, built_in
from tocsin.hours.rules import Hours, Subject, labelled, rule_label
from tocsin.hours.zones import day_of, wall_of

UNKNOWN = "unknown"
_FIRST, _LAST = -62135078400.0, 253401782400.0  # the years 1 to 9999, six days from both ends
_MINUTES = tuple(f"{hour:02d}:{minute:02d}:" for hour in range(24) for minute in range(60))
_SECONDS = tuple(f"{second:02d}" for second in range(60))
_KEPT_SUBJECTS = 100_000


class Verdict(NamedTuple):
    """How one event stands to the hours of whoever acted. A named tuple, as a million of them are made.

    `local_time` is ISO 8601 with offset, cut to whole seconds; "" for an instant outside the years 1 to 9999.
    `state` is `open`, `closed` or `unknown`. `reason` is `open`, `night`, `before opening`, `after closing`,
    `weekend`, `holiday: NAME`, `closure: NAME`, `freeze: NAME`, `maintenance: NAME` or `unknown`. `rule` is the
    name or number and line of the rule that decided, "" for none; `entry` the place of the closure, opening,
    freeze or maintenance window behind the reason, "" for none.
    """

    local_time: str
    zone: str
    calendar: str
    state: str
    reason: str
    rule: str
    robot: bool
    entry: str = ""


class _Candidate(Struct, frozen=True):
    """A rule that a subject meets: it decides as long as all of `validities` hold."""

    label: str
    robot: bool
    almanac: Almanac
    validities: tuple[Validity, ...]


class Judge:
    """Hours made ready to be asked many times. What it keeps is bounded, and never changes an answer."""

    def __init__(self, hours: Hours) -> None:
        self.hours = hours
        self._assignment = Assignment(hours)
        self._almanacs: dict[str, Almanac] = {}
        self._chains: dict[Subject, tuple[_Candidate, ...]] = {}

    def verdict(self, at: float, subject: Subject) -> Verdict:
        """The verdict on one instant, in epoch seconds, and one subject."""
        return self._judge(at, self._chain(subject))

    def verdicts(self, times: Sequence[float], subjects: Sequence[Subject]) -> list[Verdict]:
        """The verdicts row by row. Fastest where rows of one subject share one object."""
        known: dict[int, tuple[_Candidate, ...]] = {}
        found: list[Verdict] = []
        for at, subject in zip(times, subjects, strict=True):
            chain = known.get(id(subject))
            if chain is None:
                known[id(subject)] = chain = self._chain(subject)
            found.append(self._judge(at, chain))
        return found

    def almanac(self, name: str) -> Almanac:
        """The calendar of that name made ready. Raises KeyError for an unknown one."""
        if name not in self._almanacs:
            hours = self.hours
            calendar = built_in(name, hours.zone) if name in (ALWAYS, NONE) else hours.calendars[name]
            self._almanacs[name] = Almanac(calendar, hours.freezes, hours.maintenance)
        return self._almanacs[name]

    def _judge(self, at: float, chain: tuple[_Candidate, ...]) -> Verdict:
        if not _FIRST <= at <= _LAST:
            return Verdict("", self.hours.zone, "", UNKNOWN, UNKNOWN, "", False)
        for candidate in chain:
            segment = candidate.almanac.segment(at)
            if candidate.validities and not _all_hold(candidate.validities, at, segment):
                continue
            return _verdict(at, candidate, segment)
        ahead = wall_of(self.hours.zone, int(at // 1)) - int(at // 1)
        local = _local_text(int(at // 1) + ahead, offset_text(ahead))
        return Verdict(local, self.hours.zone, "", UNKNOWN, UNKNOWN, "", False)

    def _chain(self, subject: Subject) -> tuple[_Candidate, ...]:
        """The rules that may decide, in order, the last of them for good if there is such a one."""
        chain = self._chains.get(subject)
        if chain is None:
            if len(self._chains) >= _KEPT_SUBJECTS:
                self._chains.clear()
            self._chains[subject] = chain = tuple(self._candidates(subject))
        return chain

    def _candidates(self, subject: Subject) -> list[_Candidate]:
        found: list[_Candidate] = []
        for number in self._assignment.matching(subject):
            rule = self.hours.rules[number]
            found.append(self._candidate(rule_label(rule, number + 1), rule.robot, rule.calendar, rule.validity))
            if not found[-1].validities:
                return found
        if self.hours.default:
            label = labelled("default", self.hours.default_line)
            found.append(self._candidate(label, False, self.hours.default, FOREVER))
        return found

    def _candidate(self, label: str, robot: bool, calendar: str, validity: Validity) -> _Candidate:
        almanac = self.almanac(calendar)
        bounds = tuple(each for each in (validity, almanac.calendar.validity) if each != FOREVER)
        return _Candidate(label, robot, almanac, bounds)


@lru_cache(maxsize=8)
def judge_of(hours: Hours) -> Judge:
    """The judge of these hours; the last few are kept."""
    return Judge(hours)


def verdict(hours: Hours, at: float, subject: Subject) -> Verdict:
    """The verdict on one instant, in epoch seconds, and one subject."""
    return judge_of(hours).verdict(at, subject)


def verdicts(hours: Hours, times: Sequence[float], subjects: Sequence[Subject]) -> list[Verdict]:
    """The verdicts row by row; `times` and `subjects` are equally long."""
    return judge_of(hours).verdicts(times, subjects)


def _verdict(at: float, candidate: _Candidate, segment: Segment) -> Verdict:
    look, calendar = segment.look, candidate.almanac.calendar
    return Verdict(
        _local_text(int(at // 1) + segment.ahead, segment.offset),
        calendar.zone,
        calendar.name,
        look.state,
        look.reason,
        candidate.label,
        candidate.robot,
        look.entry,
    )


def _local_text(wall: int, offset: str) -> str:
    day, second = divmod(wall, DAY)
    minute, second = divmod(second, 60)
    return f"{_day_text(day)}{_MINUTES[minute]}{_SECONDS[second]}{offset}"


@lru_cache(maxsize=65_536)
def _day_text(day: int) -> str:
    return f"{day_of(day).isoformat()}T"


def _all_hold(validities: tuple[Validity, ...], at: float, segment: Segment) -> bool:
    today = day_of(int((at + segment.ahead) // DAY))
    return all(_begun(each.since, at, today) and not _over(each.until, at, today) for each in validities)


def _begun(since: Bound | None, at: float, today: date) -> bool:
    if since is None:
        return True
    return at >= since if isinstance(since, int) else today >= since


def _over(until: Bound | None, at: float, today: date) -> bool:
    if until is None:
        return False
    return at >= until if isinstance(until, int) else today > until


__all__ = ["CLOSED", "OPEN", "UNKNOWN", "Judge", "Verdict", "judge_of", "verdict", "verdicts"]
