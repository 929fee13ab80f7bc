"""Person or robot: points for each sign, every sign in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from tocsin.hours.learn.agents import MACHINE, SDK
from tocsin.hours.learn.limits import Limits
from tocsin.hours.learn.numbers import counted
from tocsin.hours.learn.open_hours import WeekHours
from tocsin.hours.learn.principals import ROLE, USER, Principal
from tocsin.hours.learn.record import Record
from tocsin.hours.learn.session_names import MACHINE as MACHINE_NAME
from tocsin.hours.learn.session_names import SERVICE_ROLE, SSO_ROLE, machine_words, session_kind

ROBOT_FROM, PERSON_TO = 3, 0
ENOUGH_BURSTS = 20
SAME = 0.5  # the share of runs at one minute, or with one gap, that only a clock keeps


class Sign(Struct, frozen=True):
    """One thing that speaks for a robot (points above 0) or a person (below)."""

    points: int
    words: str


class Nature(Struct, frozen=True):
    """What the signs add up to: `robot` from 3 points, `person` at 0 or less, `unclear` between."""

    kind: str
    points: int
    signs: tuple[Sign, ...]

    @property
    def words(self) -> str:
        return "; ".join(sign.words for sign in self.signs) or "no signs"


def nature_of(principal: Principal, record: Record, hours: WeekHours, keyboard: int, limits: Limits) -> Nature:
    """Judge by `hours`, the believed hours on any clock: what happens on few days makes nobody a robot.

    `keyboard` is on how many days a person was seen at the keyboard.
    """
    signs = (
        *_kind(principal, record),
        *_sessions(principal, record),
        *_round_the_clock(principal, hours),
        *_weekends(principal, hours, limits),
        *_regular(list(record.bursts())),
        *_agents(record),
        *_people(keyboard, limits),
    )
    points = sum(sign.points for sign in signs)
    kind = "robot" if points >= ROBOT_FROM else "person" if points <= PERSON_TO else "unclear"
    return Nature(kind, points, tuple(sorted(signs, key=lambda sign: -abs(sign.points))))


def _kind(principal: Principal, record: Record) -> Iterator[Sign]:
    match principal.kind:
        case "service":
            yield Sign(9, "an AWS service")
        case "account":
            yield Sign(3, "another account")
        case "root":
            yield Sign(-9, "the root user")
        case "session":
            sso = any(role.startswith(SSO_ROLE) for role in record.roles)
            yield Sign(-4 if sso else -2, "a session of IAM Identity Center" if sso else "sessions named like a person")
        case "role":
            yield Sign(3, "sessions that name no person")
    if record.shown.startswith(SERVICE_ROLE):
        yield Sign(6, "a role of an AWS service")
    elif principal.kind in (ROLE, USER) and machine_words(record.shown):
        yield Sign(1, f"named like a machine (`{record.shown}`)")
    if not record.days and record.served_days:
        yield Sign(4, "only used by AWS services on its behalf")


def _sessions(principal: Principal, record: Record) -> Iterator[Sign]:
    if principal.kind != ROLE or not record.sessions:
        return
    instances = sum(each.startswith("i-") for each in record.sessions)
    named = sum(session_kind(record.shown, each) == MACHINE_NAME for each in record.sessions)
    if instances * 2 > len(record.sessions):
        yield Sign(3, "sessions of EC2 instances")
    elif named * 2 > len(record.sessions):
        yield Sign(1, "sessions numbered or named by machines")


def _round_the_clock(principal: Principal, hours: WeekHours) -> Iterator[Sign]:
    if not hours.blocks:
        return
    if hours.quiet <= 4:
        words = f"{hours.quiet:g} hours at most" if hours.quiet else "no hour"
        yield Sign(3, f"even round the clock ({words} without activity)")
    elif hours.quiet >= 8 and principal.kind != ROLE:  # pipelines of a team rest when it does
        yield Sign(-1, f"quiet for {hours.quiet:g} hours of the day")


def _weekends(principal: Principal, hours: WeekHours, limits: Limits) -> Iterator[Sign]:
    counts = sorted(hours.dates.values())
    if len(counts) < 7 or counts[-1] < limits.slot_days:
        return
    if counts[0] >= 0.8 * counts[-1] and len(hours.weekdays) == 7:
        yield Sign(2, "weekends like other days")
    elif counts[0] + counts[1] <= 0.4 * counts[-1] and principal.kind != ROLE:
        yield Sign(-1, "two days off a week")


def _regular(bursts: Sequence[int]) -> Iterator[Sign]:
    """Minutes of the hour, and gaps, that only a clock keeps. Bursts are the first calls of quarters of an hour."""
    begins = [at for index, at in enumerate(bursts) if not index or at - bursts[index - 1] > 2]
    if len(begins) < ENOUGH_BURSTS:
        return
    minutes = Counter(at % 60 for at in begins)
    minute, often = max(minutes.items(), key=lambda each: (each[1], -each[0]))
    if often >= SAME * len(begins):
        yield Sign(3, f"{often * 100 // len(begins)} % of its runs begin {minute} minutes past the hour")
    gaps = Counter(later - before for before, later in pairwise(begins))
    gap, often = max(gaps.items(), key=lambda each: (each[1], -each[0]))
    if often >= SAME * (len(begins) - 1):
        yield Sign(3, f"{often * 100 // (len(begins) - 1)} % of its runs come {gap} minutes after the one before")


def _agents(record: Record) -> Iterator[Sign]:
    total = sum(record.hands.values())
    if not total:
        return
    machine, sdk = record.hands[MACHINE] / total, record.hands[SDK] / total
    if machine >= 0.5:
        yield Sign(2, f"{round(machine * 100)} % of its calls with user agents of machines")
    elif machine + sdk >= 0.9:
        yield Sign(1, f"{round((machine + sdk) * 100)} % of its calls from programs")


def _people(days: int, limits: Limits) -> Iterator[Sign]:
    words = f"at the console, in a browser or with MFA on {counted(days, 'day')}"
    if days >= limits.slot_days:
        yield Sign(-4, words)
    elif days:
        yield Sign(-1, words)
