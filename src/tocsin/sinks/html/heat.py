"""The week as a map: how many findings fall into each of its 168 hours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tocsin.sinks.html.model import WEEKDAYS, Mark

LEVELS = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """`level` is 0 for no finding, else 1 to 5."""

    count: int
    level: int


@dataclass(frozen=True, slots=True)
class Hour:
    """A row of the map: an hour of the day, Monday to Sunday."""

    name: str
    cells: tuple[Cell, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Step:
    """One colour of the legend and the counts that it stands for."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Heat:
    hours: tuple[Hour, ...]
    days: tuple[int, ...]  # findings of each weekday
    legend: tuple[Step, ...]
    without: int  # findings without a time


def heat(marks: Iterable[Mark]) -> Heat:
    """The map of some findings; each counts once, at its first record."""
    counts = Counter(each.slot for each in marks)
    without = counts.pop(None, 0)
    most = max(counts.values(), default=0)
    hours = tuple(_hour(hour, [counts[day, hour] for day in range(7)], most) for hour in range(24))
    days = tuple(sum(counts[day, hour] for hour in range(24)) for day in range(len(WEEKDAYS)))
    return Heat(hours, days, _legend(most), without)


def _hour(hour: int, counts: list[int], most: int) -> Hour:
    return Hour(f"{hour:02}:00", tuple(Cell(count, _level(count, most)) for count in counts), sum(counts))


def _level(count: int, most: int) -> int:
    """Five equal steps from 1 to the most; a map of small numbers uses the first of them only."""
    return -(-count * LEVELS // max(most, LEVELS)) if count else 0


def _legend(most: int) -> tuple[Step, ...]:
    steps = [Step(0, "none")]
    top = max(most, LEVELS)
    for level in range(1, LEVELS + 1):
        low, high = (level - 1) * top // LEVELS + 1, level * top // LEVELS
        if low <= most:
            steps.append(Step(level, str(low) if low == high else f"{low:,} to {high:,}"))
    return tuple(steps)
