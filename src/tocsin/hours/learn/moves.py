"""Moves: since when a person's days have lain hours apart from before.

Days of two places make one day that is too long for anybody, and a zone in between where nobody lives. So what is
learned comes from one side of the change only: from what was since, once that is enough to learn from, else from
before. Which side is in force is another question: only a person can say whether somebody moved, or somebody else came.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median_low

from tocsin.hours.learn.limits import Limits
from tocsin.hours.learn.shape import quietest
from tocsin.hours.learn.working_day import HALVES

APART = 3.0  # hours by which days must shift for good
FEWEST = 8  # days on each side of the change


@dataclass(frozen=True, slots=True)
class Move:
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
    """The change that stands out most; `halves` are active half hours, in order."""
    cut = quietest(halves)
    days: dict[int, list[int]] = {}
    for half in halves:
        days.setdefault((half - cut) // HALVES, []).append((half - cut) % HALVES)
    order = sorted(days)
    middles = [median_low(days[day]) / 2 for day in order]  # a late evening does not move it
    best: tuple[float, int, float] | None = None
    for at in range(FEWEST, len(order) - FEWEST + 1):
        shift = fmean(_middle(middles[at:])) - fmean(_middle(middles[:at]))
        strength = abs(shift) * (at * (len(order) - at) / len(order)) ** 0.5
        if best is None or strength > best[0]:
            best = (strength, at, shift)
    if best is None or abs(best[2]) < APART:
        return None
    _, at, shift = best
    return Move(order[at] * HALVES + cut, shift, _enough(order[at:], limits))


def _middle(values: Sequence[float]) -> list[float]:
    ordered = sorted(values)
    cut = len(ordered) // 5
    return ordered[cut : len(ordered) - cut]


def _enough(days: Sequence[int], limits: Limits) -> bool:
    return len(days) >= limits.min_days and days[-1] - days[0] >= 7 * limits.min_weeks - 1
