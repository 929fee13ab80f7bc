"""What learning asks for before it believes: thresholds, with their defaults and what each guards against."""

from __future__ import annotations

from msgspec import Struct


class Limits(Struct, frozen=True):
    """Thresholds of learning. Raising one never opens an hour; `docs/hours/learning.md` tells why each is as it is.

    A half hour is believed to be somebody's if activity within `reach` half hours of it was seen on at least
    `slot_days` different days in at least `slot_weeks` different weeks, and on at least `slot_share` as many days as in
    the busiest half hour, recent days counting more. A weekday needs the same, and `weekday_share` of the busiest
    weekday. Holes of at most `fill` half hours between believed ones are closed.

    A newcomer seen on `lent_days` days in `lent_weeks` weeks may have the hours of his colleagues, if they are
    `lenders` at least.
    """

    window_days: int = 180
    half_life_days: float = 45.0
    min_days: int = 10
    min_weeks: int = 4
    slot_days: int = 4
    slot_weeks: int = 3
    slot_share: float = 0.2
    weekday_share: float = 0.3
    reach: int = 2
    fill: int = 5
    merge: int = 2
    lent_days: int = 5
    lent_weeks: int = 2
    lenders: int = 3
    most_hours_a_day: float = 14.0
    most_hours_a_week: float = 75.0
    colleagues: int = 2
    near_hours: float = 1.5
    most_principals: int = 50_000


DEFAULTS = Limits()
