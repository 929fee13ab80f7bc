"""Every push of the input, found by a detection or not: what findings are seen against."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct, field

Slot = tuple[int, int]
"""Weekday (Monday 0) and hour."""
Place = tuple[str, int]
"""A record: its file, and its number in it, from 1."""


class Pushes(Struct):
    """Counts of PutImage records, failed ones too.

    `week` counts by weekday and hour, on the clock of whoever pushed where a calendar tells it, else on the
    searcher's; `local` says for how many a calendar did. `hours` counts by the epoch second at which an hour of UTC
    begins. `people` and `repositories` count by name. `slots` has the place in the week of the records asked for.
    """

    total: int = 0
    local: int = 0
    week: Counter[Slot] = field(default_factory=Counter)
    hours: Counter[int] = field(default_factory=Counter)
    people: Counter[str] = field(default_factory=Counter)
    repositories: Counter[str] = field(default_factory=Counter)
    slots: dict[Place, Slot] = field(default_factory=dict)
