"""What `unusualhour` says of events: how surprising their hours are, column by column."""

from __future__ import annotations

import math

from tocsin.hours.learn.principals import Principal
from tocsin.hours.profile import Profiles, surprises_of
from tocsin.hours.rules import Subject
from tocsin.hours.told import KEPT, Answers, Ask, Cell, Subjects, Told, times

_KEYS = ("bits", "usual", "words", "principal", "zone")


def unusual_hours(profiles: Profiles) -> Ask:
    """How surprising each event's hour is for its principal; without enough history only the words say something."""
    surprises, subjects, whose = surprises_of(profiles), Subjects(), _Principals(profiles)

    def of(at: float, subject: Subject) -> tuple[Cell, ...]:
        if not math.isfinite(at):
            return (None, None, "no time", None, None)
        principal = whose.of(subject)
        found = surprises.of(principal, at)
        return (found.bits, found.usual, found.words, str(principal) if principal else None, found.zone or None)

    def ask(told: Told) -> Answers:
        rows = [of(at, subject) for at, subject in zip(times(told), subjects.of(told), strict=True)]
        columns = zip(*rows, strict=True) if rows else [()] * len(_KEYS)
        return dict(zip(_KEYS, map(list, columns), strict=True))

    return ask


class _Principals:
    """Whose profile a subject is held against, found once for each subject."""

    def __init__(self, profiles: Profiles) -> None:
        self._profiles = profiles
        self._known: dict[Subject, Principal | None] = {}

    def of(self, subject: Subject) -> Principal | None:
        if subject not in self._known:
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[subject] = self._profiles.find(subject)
        return self._known[subject]
