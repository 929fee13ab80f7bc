"""What a judge of hours is told of events, column by column, and the subjects and times in it.

A list for each name of `tocsin.plan.lower.subject`, all equally long; what is missing is None, and numbers are numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from tocsin.hours.rules import Subject
from tocsin.hours.subject import subject_of

Cell = str | float | None
Told = Mapping[str, Sequence[Cell]]
Answers = dict[str, list[Cell]]
Ask = Callable[[Told], Answers]
"""Gives a list for each key that a `Judge` of the plan knows, as long as those that it is given."""

WHO = ("kind", "arn", "principal", "user", "account", "role", "region", "repository")
KEPT = 100_000  # of what is remembered between rows


class Subjects:
    """Subjects of rows: one object for all rows that say the same, so that it is looked up once."""

    def __init__(self) -> None:
        self._known: dict[tuple[Cell, ...], Subject] = {}

    def of(self, told: Told) -> list[Subject]:
        if len(self._known) >= KEPT:
            self._known.clear()
        known, found = self._known, []
        for each in zip(*(told[name] for name in WHO), strict=True):
            subject = known.get(each)
            if subject is None:
                known[each] = subject = subject_of(*map(_text, each))
            found.append(subject)
        return found


def times(told: Told) -> list[float]:
    """Epoch seconds; NaN where an event has no time, or a text that spells none."""
    return [at if isinstance(at, float) else _number(at) for at in told["time"]]


def _number(text: str | None) -> float:
    try:
        return math.nan if text is None else float(text)
    except ValueError:
        return math.nan


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else "" if cell is None else f"{cell:.15g}"
