"""How surprising an event is for whoever did it, by the hour of the week: in bits and in words.

Let n be the dates of the profile with activity, each of weight 1 spread evenly over the hours that it was active in.
w(s) is the weight in slot s, w(h) in hour h on all days, w(c) on the days of class c: those of the person's working
week or the others, k(c) of them. Only hours and weekdays seen on enough days count (`slot_days` in `slot_weeks`), so
an intruder's few nights change nothing. Each level is smoothed with the one above, as in a hierarchical Dirichlet
model (MacKay and Peto, A Hierarchical Dirichlet Language Model, 1995):

    P(c) = (w(c) + A k(c)/7) / (n + A)
    P(h) = (w'(h) + B/24) / (n + B)           w' is w with a quarter of each hour given to both neighbours
    Q(s) = P(c) / k(c) * P(h)
    R(s) = (w(s) + C Q(s)) / (n + C)
    P(s) = (1 - e) R(s) + e/168               e = 1 / (n + 2)

e is Laplace's rule of succession: after n dates that all kept the habit, the chance that the next does not. So no
event is more surprising than the history is long: log2(168 (n + 2)) bits at most. bits = -log2 P(s).
"""

from __future__ import annotations

from functools import lru_cache
from math import log2

from msgspec import Struct

from tocsin.hours.learn.principals import Principal
from tocsin.hours.profile.local import LocalClock
from tocsin.hours.profile.profile import SLOTS, Profile, Profiles
from tocsin.hours.profile.words import cold_words, words

A, B, C = 1.0, 1.0, 5.0
WORKING = 0.3  # of the busiest weekday's dates, for a day of the working week


class Surprise(Struct, frozen=True):
    """How surprising the hour is.

    `bits` is None where there is too little history to say, and `words` then say so. `usual` is what the principal's
    own activity has been worth on average; an hour is unusual by how far `bits` is above it. `slot` is the hour of the
    week in `zone`, 0 is Monday 00:00-01:00; -1 for an unknown principal. `believed` is that of the profile.
    """

    bits: float | None
    words: str
    slot: int = -1
    zone: str = ""
    usual: float | None = None
    believed: bool = False


UNKNOWN = Surprise(None, "no history: never seen before")


class Surprises:
    """Profiles made ready to be asked many times; each slot is computed once."""

    def __init__(self, profiles: Profiles) -> None:
        self._profiles = profiles
        self._clocks: dict[str, LocalClock] = {}
        self._tables: dict[Principal, tuple[LocalClock, list[Surprise | None]]] = {}
        self._bits: dict[Principal, tuple[tuple[float, ...], float]] = {}

    def of(self, principal: Principal | None, at: float) -> Surprise:
        """The surprise of an event of the principal at an instant in epoch seconds; None is nobody known."""
        if principal is None:
            return UNKNOWN
        known = self._tables.get(principal)
        if known is None:
            profile = self._profiles.profiles.get(principal)
            if profile is None:
                return UNKNOWN
            clock = self._clocks.setdefault(profile.zone, LocalClock(profile.zone))
            self._tables[principal] = known = (clock, [None] * SLOTS)
        clock, table = known
        slot = clock.slot(at)
        found = table[slot]
        if found is None:
            table[slot] = found = self._make(self._profiles.profiles[principal], slot)
        return found

    def _make(self, profile: Profile, slot: int) -> Surprise:
        limits = self._profiles
        if profile.dates < limits.min_days or profile.weeks < limits.min_weeks:
            return Surprise(None, cold_words(profile), slot, profile.zone, None, profile.believed)
        if profile.principal not in self._bits:
            self._bits[profile.principal] = bits_of(profile, limits.slot_days, limits.slot_weeks)
        bits, usual = self._bits[profile.principal]
        text = words(profile, slot, limits.until)
        return Surprise(bits[slot], text, slot, profile.zone, usual, profile.believed)


@lru_cache(maxsize=8)
def surprises_of(profiles: Profiles) -> Surprises:
    """The profiles made ready; the last few are kept."""
    return Surprises(profiles)


def surprise(profiles: Profiles, principal: Principal | None, at: float) -> Surprise:
    """How surprising an event of the principal at an instant, in epoch seconds, is."""
    return surprises_of(profiles).of(principal, at)


def bits_of(profile: Profile, slot_days: int, slot_weeks: int) -> tuple[tuple[float, ...], float]:
    """The bits of each slot, and their average over the principal's own activity."""
    counted = _counted(profile, slot_days, slot_weeks)
    total = sum(counted)
    n = float(profile.dates)
    weights = [n * days / total if total else 0.0 for days in counted]
    shares = _shares(weights, n if total else 0.0, _working(profile, slot_days))
    bits = tuple(-log2(share) for share in shares)
    usual = sum(weight * each for weight, each in zip(weights, bits, strict=True)) / n if total else log2(SLOTS)
    return bits, usual


def _counted(profile: Profile, slot_days: int, slot_weeks: int) -> list[int]:
    """Dates by slot, of hours and weekdays that were seen often enough."""
    hours = [
        days >= slot_days and weeks >= slot_weeks
        for days, weeks in zip(profile.hour_days, profile.hour_weeks, strict=True)
    ]
    return [
        days if hours[slot % 24] and profile.weekdays[slot // 24] >= slot_days else 0
        for slot, days in enumerate(profile.days)
    ]


def _working(profile: Profile, slot_days: int) -> list[bool]:
    busiest = max(profile.weekdays)
    return [days >= slot_days and days >= WORKING * busiest for days in profile.weekdays]


def _shares(weights: list[float], n: float, working: list[bool]) -> list[float]:
    classes = {True: sum(working), False: 7 - sum(working)}
    in_class = {True: 0.0, False: 0.0}
    by_hour = [0.0] * 24
    for slot, weight in enumerate(weights):
        in_class[working[slot // 24]] += weight
        for hour, part in ((slot, 0.5), (slot + 1, 0.25), (slot - 1, 0.25)):
            by_hour[hour % 24] += weight * part
    escape = 1 / (n + 2)
    shares = []
    for slot, weight in enumerate(weights):
        kind = working[slot // 24]
        on_day = (in_class[kind] + A * classes[kind] / 7) / (n + A) / classes[kind]
        at_hour = (by_hour[slot % 24] + B / 24) / (n + B)
        own = (weight + C * on_day * at_hour) / (n + C)
        shares.append((1 - escape) * own + escape / SLOTS)
    return shares
