"""The profile: how often each principal was active in each hour of the week, on the clock that it lives by."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from tocsin.hours.learn.principals import Principal, principals_of
from tocsin.hours.rules import Subject

SLOTS = 168


class Profile(Struct, frozen=True):
    """One principal's habits. Slots are hours of the local week, 0 is Monday 00:00-01:00.

    `days` has for each slot the number of different dates with activity in it, `calls` the number of calls (of a
    quarter of an hour at most 255). `weekdays` has the dates with activity by weekday, Monday first. `hour_days` and
    `hour_weeks` have for each hour of the day the different dates and weeks with activity in it or in the hour before
    or after. `first` and `last` are epoch seconds; `dates` and `weeks` count those with activity. `believed` says that
    the hours were adopted; otherwise somebody should look at them first.
    """

    principal: Principal
    shown: str
    zone: str
    days: tuple[int, ...]
    calls: tuple[int, ...]
    weekdays: tuple[int, ...]
    hour_days: tuple[int, ...]
    hour_weeks: tuple[int, ...]
    first: int
    last: int
    dates: int
    weeks: int
    believed: bool
    robot: bool = False


class Profiles(Struct, frozen=True, eq=False):
    """All profiles of a history that ends at `until`, epoch seconds. Equal only to itself.

    `min_days`, `min_weeks`, `slot_days` and `slot_weeks` are the thresholds of learning: below them nothing is said,
    and nothing counts as usual.
    """

    since: int
    until: int
    profiles: Mapping[Principal, Profile] = field(default_factory=dict)
    min_days: int = 10
    min_weeks: int = 4
    slot_days: int = 4
    slot_weeks: int = 3

    def find(self, subject: Subject) -> Principal | None:
        """Whose profile an event of the subject is to be held against: the person behind it, else the role."""
        for principal in principals_of(subject):
            if principal in self.profiles:
                return principal
        return None
