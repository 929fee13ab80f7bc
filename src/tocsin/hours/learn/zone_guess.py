"""Which zone somebody lives by: the working day laid on his activity, the clock changes it follows, and priors.

For a zone z and a person who begins s hours later than most, the logarithm of the likelihood is

    KAPPA * sum over half hours h of weight(h) * template(local time of h in z, minus s) + log prior(s)

added up (not just maximised) over s, plus how steadily the person's days begin and end on the clock of z
when clocks change within the window, plus the logarithm of the prior of z. The prior of s is a normal
distribution of LATE hours, with AT_NIGHT spread over all 24: people who work at night are rare, not impossible.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import exp, log

from msgspec import Struct

from tocsin.hours.learn.clocks import FRIDAY_SATURDAY, SATURDAY_SUNDAY
from tocsin.hours.learn.shape import Edge, Shape
from tocsin.hours.learn.spans import Spans
from tocsin.hours.learn.working_day import HALVES, WEEK, template

KAPPA = 1.5  # a day's half hours depend on one another: together they count as this many observations
LATE = 1.25  # hours
AT_NIGHT = 0.03
FOLLOWS_OTHER_WEEKEND = 0.015
FOLLOWS_CUSTOM = 0.8  # where the weekend is Friday and Saturday, by far not all keep it
CLOCK_CHANGE_SPREAD = 0.25  # hours: habits move a little with the seasons, too
CLOCK_CHANGE_MOST = 7.0  # so that one odd stretch cannot decide alone

LATES = range(-HALVES // 2, HALVES // 2)  # half hours
_FURTHEST = 32 + HALVES // 2  # half hours: clocks are at most 14 hours off UTC, once 16
_SHIFTS = range(-_FURTHEST, _FURTHEST + 1)


class ZoneScore(Struct, frozen=True):
    """How well a zone fits: `likelihood` without any prior of the zone, and `late`, the likeliest s in hours.

    `change` is the part of clock changes in the likelihood: 0 for the steadiest clock, less for the others.
    """

    likelihood: float
    late: float
    weekend: int
    change: float


def scores(shape: Shape, spans: Spans, weekends: Mapping[str, int]) -> dict[str, ZoneScore]:
    """A score for each zone in `weekends`, which maps it to the weekend of its country."""
    laid = _Laid(shape)
    unsteady = {spans.offsets[zone]: _unsteady(shape.edges, spans.offsets[zone]) for zone in weekends}
    least = min(unsteady.values())
    same: dict[tuple[tuple[int, ...], int], ZoneScore] = {}
    found: dict[str, ZoneScore] = {}
    for zone, weekend in weekends.items():
        offsets = spans.offsets[zone]
        if (offsets, weekend) not in same:
            change = -min(CLOCK_CHANGE_MOST, unsteady[offsets] - least)
            same[offsets, weekend] = _score(laid, offsets, weekend, change)
        found[zone] = same[offsets, weekend]
    return found


class _Laid:
    """The template laid on a shape, span by span, at all shifts that zones and habits give; each sum is made once."""

    def __init__(self, shape: Shape) -> None:
        self._weights = [tuple(weights.items()) for weights in shape.weights]
        self._tables: dict[tuple[int, int], list[float]] = {}

    def fits(self, span: int, ahead: int, weekend: int) -> list[float]:
        """How well the span's activity fits a clock `ahead` half hours of UTC, for each of LATES."""
        if (span, weekend) not in self._tables:
            self._tables[span, weekend] = self._table(span, weekend)
        first = ahead - LATES[-1] + _FURTHEST
        return self._tables[span, weekend][first : first + len(LATES)][::-1]

    def _table(self, span: int, weekend: int) -> list[float]:
        shares = template(weekend) * 3
        weights = [(slot + WEEK, weight) for slot, weight in self._weights[span]]
        return [sum(weight * shares[slot + shift] for slot, weight in weights) for shift in _SHIFTS]


def _score(laid: _Laid, offsets: Sequence[int], custom: int, change: float) -> ZoneScore:
    ways: list[tuple[float, int, int, int]] = []
    for weekend in (SATURDAY_SUNDAY, FRIDAY_SATURDAY):
        prior = _weekend_prior(weekend, custom)
        spans = (laid.fits(span, round(ahead / 1_800), weekend) for span, ahead in enumerate(offsets))
        for late, parts in zip(LATES, zip(*spans, strict=True), strict=True):
            ways.append((KAPPA * sum(parts) + _late_prior(late) + prior, -abs(late), late, weekend))
    _, _, late, weekend = max(ways)
    return ZoneScore(_log_sum([way[0] for way in ways]) + change, late / 2, weekend, change)


@lru_cache(maxsize=64)
def _late_prior(late: int) -> float:
    """`late` in half hours."""
    usual = exp(-((late / 2 / LATE) ** 2) / 2) / (LATE * 2.5066) / 2
    return log((1 - AT_NIGHT) * usual + AT_NIGHT / HALVES)


def _weekend_prior(weekend: int, custom: int) -> float:
    if custom == FRIDAY_SATURDAY:
        return log(FOLLOWS_CUSTOM if weekend == custom else 1 - FOLLOWS_CUSTOM)
    return log(FOLLOWS_OTHER_WEEKEND if weekend != custom else 1 - FOLLOWS_OTHER_WEEKEND)


def _unsteady(edges: Sequence[Edge | None], offsets: Sequence[int]) -> float:
    """How much a person's days move on this zone's clock from span to span; 0 is not at all."""
    known = [(edge, ahead / 3_600) for edge, ahead in zip(edges, offsets, strict=True) if edge is not None]
    begins = [(edge.begin + ahead, edge.begin_error) for edge, ahead in known]
    ends = [(edge.end + ahead, edge.end_error) for edge, ahead in known]
    return (_scatter(begins) + _scatter(ends)) / 2


def _scatter(times: Sequence[tuple[float, float]]) -> float:
    """Chi square of hours, each with its standard error, around their mean."""
    weights = [1 / (error**2 + CLOCK_CHANGE_SPREAD**2) for _, error in times]
    mean = sum(weight * hour for weight, (hour, _) in zip(weights, times, strict=True)) / max(sum(weights), 1e-9)
    return sum(weight * (hour - mean) ** 2 for weight, (hour, _) in zip(weights, times, strict=True))


def _log_sum(values: Sequence[float]) -> float:
    top = max(values)
    return top + log(sum(exp(value - top) for value in values))
