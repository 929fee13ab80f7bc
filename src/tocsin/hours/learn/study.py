"""One principal's record made ready to be judged: what it is, when it is active, which zone its shape fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from tocsin.hours.calendars import DAY
from tocsin.hours.learn.lesson import Amount
from tocsin.hours.learn.limits import Limits
from tocsin.hours.learn.moves import Move, moved
from tocsin.hours.learn.open_hours import WeekHours, week_hours
from tocsin.hours.learn.principals import Principal, role_glob
from tocsin.hours.learn.record import QUARTERS, Record
from tocsin.hours.learn.robots import Nature, nature_of
from tocsin.hours.learn.shape import halves_of, quietest, shape_of
from tocsin.hours.learn.sighting import QUARTER
from tocsin.hours.learn.spans import HALF, Spans
from tocsin.hours.learn.trips import trips
from tocsin.hours.learn.working_day import HALVES
from tocsin.hours.learn.zone_guess import ZoneScore, scores


class Study(Struct, frozen=True):
    """What one record says. `utc` are the believed hours on the clock of UTC.

    `record` is without trips, and `away` is on how many of its days the person was on one. If there was a `move`, it
    is also without the days of the other side.
    `scores` is empty where a zone has no meaning, or too little is known for any.
    """

    principal: Principal
    record: Record
    nature: Nature
    utc: WeekHours
    amount: Amount
    scores: Mapping[str, ZoneScore]
    away: int = 0
    move: Move | None = None

    def enough(self, limits: Limits) -> bool:
        """Whether there is enough history to say anything."""
        return self.amount.days >= limits.min_days and self.amount.weeks >= limits.min_weeks


def study(principal: Principal, record: Record, spans: Spans, weekends: Mapping[str, int], limits: Limits) -> Study:
    halves = halves_of(record)
    utc = week_hours(halves, limits)
    nature = nature_of(principal, record, utc, _keyboard(record, halves), limits)
    seen = len(record.days)
    record, halves = _less(record, halves, trips(halves) if nature.kind == "person" else [])
    away = seen - len(record.days)
    move = moved(halves, limits) if nature.kind == "person" else None
    record, halves = _less(record, halves, [move.other_side(halves)] if move else [])
    if move or away:
        utc = week_hours(halves, limits)
    amount = _amount(record, halves)
    enough = amount.days >= limits.min_days and amount.weeks >= limits.min_weeks
    zoned = enough and not (nature.kind == "robot" and keeps_utc(nature, utc))
    found = scores(shape_of(halves, spans, limits.half_life_days), spans, weekends) if zoned else {}
    return Study(principal, record, nature, utc, amount, found, away, move)


def _less(record: Record, halves: list[int], left_out: Sequence[tuple[int, int]]) -> tuple[Record, list[int]]:
    if not left_out:
        return record, halves
    record = record.without(left_out)
    return record, halves_of(record)


def keeps_utc(nature: Nature, utc: WeekHours) -> bool:
    """Whether a robot runs by a schedule, or at all times: such a one lives by no zone."""
    return utc.quiet <= 4 or any("of its runs" in sign.words for sign in nature.signs) or not utc.blocks


def local_halves(record: Record, spans: Spans, zone: str) -> list[int]:
    """The half hours with activity on a zone's wall clock, counted from 1970-01-01 00:00, in order."""
    found = {(quarter * QUARTER + spans.ahead(zone, quarter * QUARTER)) // HALF for quarter, _ in record.quarters()}
    return sorted(found)


def share_within(record: Record, spans: Spans, zone: str, hours: WeekHours, reach: int) -> float:
    """The share of calls inside the hours without the slack at both ends, on any day."""
    core = {half % HALVES for begin, end in hours.blocks for half in range(begin + reach, end - reach)}
    inside = total = 0
    for quarter, count in record.quarters():
        half = (quarter * QUARTER + spans.ahead(zone, quarter * QUARTER)) // HALF % HALVES
        total += count
        inside += count if half in core else 0
    return inside / total if total else 0.0


def seen_roles(record: Record, limits: Limits) -> tuple[str, ...]:
    """Globs of the roles that were used on enough days; a role used once proves nothing."""
    days: dict[str, set[int]] = {}
    for role, seen in record.roles.items():
        days.setdefault(role_glob(role), set()).update(seen)
    return tuple(sorted(glob for glob, seen in days.items() if len(seen) >= limits.slot_days))


def _keyboard(record: Record, halves: Sequence[int]) -> int:
    """Days, from quietest time to quietest time, with a person at the keyboard."""
    cut = quietest(halves)
    seen = (day * QUARTERS + bit for day, bits in record.people.items() for bit in range(QUARTERS) if bits >> bit & 1)
    return len({(quarter // 2 - cut) // HALVES for quarter in seen})


def _amount(record: Record, halves: Sequence[int]) -> Amount:
    """Days are counted from one quietest time to the next, so that no working day counts twice."""
    cut = quietest(halves)
    days = {(half - cut) // HALVES for half in halves} or record.served_days
    weeks = {(day + 3) // 7 for day in days}
    first, last = (min(days) * DAY, max(days) * DAY) if days else (0, 0)
    if halves:
        first, last = halves[0] * HALF, halves[-1] * HALF
    return Amount(len(days), len(weeks), record.calls + record.served, first, last)
