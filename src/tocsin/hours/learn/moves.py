"""Moves: since when a person's days have lain hours apart from before.

Days of two places make one day that is too long for anybody, and a zone in between where nobody lives. So what is
learned comes from one side of the change only: from what was since, once that is enough to learn from, else from
before. Which side is in force is another question: only a person can say whether somebody moved, or somebody else came.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, median, median_low

from msgspec import Struct

from tocsin.hours.learn.limits import Limits
from tocsin.hours.learn.shape import quietest
from tocsin.hours.learn.working_day import HALVES

APART = 3.0  # hours by which days must shift for good
FEWEST = 8  # days on each side of the change


class Move(Struct, frozen=True):
    """`at` is the first half hour since the change, counted from 1970-01-01 UTC; `hours` how much later days are since.

    `settled` says that there is enough since then to learn from.
    """

    at: int
    hours: float
    settled: bool

    def other_side(self, halves: Sequence[int]) -> tuple[int, int]:
        """The half hours to leave out: first, and the one after the last."""
        return (halves[0], self.at) if self.settled else (self.at, halves[-1] + 1)


def moved(halves: Sequence[int], limits: Limits) -> Move | None:
    """The change that stands out most; `halves` are active half hours, in order.

    Means find the day, medians say whether it is one: evenings now and then are no move.
    """
    cut = quietest(halves)
    days: dict[int, list[int]] = {}
    for half in halves:
        days.setdefault((half - cut) // HALVES, []).append((half - cut) % HALVES)
    order = sorted(days)
    middles = [median_low(days[day]) / 2 for day in order]
    at = _change(middles)
    shift = median(middles[at:]) - median(middles[:at]) if at else 0.0
    return Move(order[at] * HALVES + cut, shift, _enough(order[at:], limits)) if abs(shift) >= APART else None


def _change(middles: Sequence[float]) -> int:
    """The number of the first day of the later side; 0 for too few days."""
    count = len(middles)
    return max(
        range(FEWEST, count - FEWEST + 1),
        key=lambda at: abs(_mean(middles[at:]) - _mean(middles[:at])) * (at * (count - at) / count) ** 0.5,
        default=0,
    )


def _mean(values: Sequence[float]) -> float:
    """Of the middle three fifths."""
    ordered = sorted(values)
    cut = len(ordered) // 5
    return fmean(ordered[cut : len(ordered) - cut])


def _enough(days: Sequence[int], limits: Limits) -> bool:
    return len(days) >= limits.min_days and days[-1] - days[0] >= 7 * limits.min_weeks - 1
