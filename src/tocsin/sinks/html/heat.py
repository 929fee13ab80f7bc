"""The week as a map: what happened in each of its 168 hours, and how much of it stands behind findings."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from tocsin.risk.pushes import Slot

LEVELS = 5


class Cell(Struct, frozen=True):
    """`count` decides the shade, `level` 0 for none, else 1 to 5. `found` of them are marked: behind findings."""

    count: int
    level: int
    found: int


class Step(Struct, frozen=True):
    """One shade of the legend and the counts that it stands for."""

    level: int
    text: str


class Heat(Struct, frozen=True):
    """`days` has a row of 24 hours for each weekday, Monday first. `marked` says whether marks tell something."""

    days: tuple[tuple[Cell, ...], ...]
    legend: tuple[Step, ...]
    marked: bool

    @property
    def hours(self) -> tuple[tuple[Cell, ...], ...]:
        """The same by hour, each with seven weekdays."""
        return tuple(zip(*self.days, strict=True))


def heat(found: Counter[Slot], everything: Counter[Slot] | None = None) -> Heat:
    """A map of `everything` with what was found marked; without it, of what was found."""
    counts = found if everything is None else everything | found
    bounds = _bounds(counts)
    days = tuple(
        tuple(Cell(counts[day, hour], _level(counts[day, hour], bounds), found[day, hour]) for hour in range(24))
        for day in range(7)
    )
    return Heat(days, _legend(bounds), everything is not None)


def _bounds(counts: Counter[Slot]) -> tuple[int, ...]:
    """The largest count of each shade: every count its own, or where there are too many, as many hours in each shade.

    So one robot's hour does not make all others look empty, nor do full weeks look all alike.
    """
    values = sorted(count for count in counts.values() if count)
    distinct = sorted(set(values))
    if len(distinct) <= LEVELS:
        return tuple(distinct)
    ends = (values[len(values) * step // LEVELS - 1] for step in range(1, LEVELS + 1))
    return tuple(dict.fromkeys(ends))


def _level(count: int, bounds: tuple[int, ...]) -> int:
    """The shade of a count; where there are few, they are the middle ones."""
    if not count:
        return 0
    place = next(place for place, bound in enumerate(bounds, start=1) if count <= bound)
    return place + (LEVELS - len(bounds)) // 2


def _legend(bounds: tuple[int, ...]) -> tuple[Step, ...]:
    lows = (1, *(bound + 1 for bound in bounds))
    texts = [f"{low:,}" if low == bound else f"{low:,} to {bound:,}" for low, bound in zip(lows, bounds, strict=False)]
    steps = (Step(_level(bound, bounds), text) for bound, text in zip(bounds, texts, strict=True))
    return (Step(0, "none"), *steps)
