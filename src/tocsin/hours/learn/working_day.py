"""How likely people are at work at each half hour of a week: the shape that a zone is found by.

A person of office hours, as studies of when developers commit find most of them (Claes et al., Do Programmers Work
at Night or During the Weekend?, ICSE 2018): most of it from 10 to 18, little in the evening and at weekends, least
of all before dawn. Numbers are ours, round, and no more exact than that.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp, log

from tocsin.hours.learn.clocks import FRIDAY_SATURDAY

HALVES = 48
WEEK = 7 * HALVES
_OPENS, _CLOSES = 9.0, 18.0  # half of the people have come, half have gone
_COMING, _GOING = 0.6, 0.8  # hours: how far they differ
_LUNCH, _EVENING, _NIGHT, _WEEKEND = 0.2, 0.08, 0.012, 0.06


@lru_cache(maxsize=4)
def template(weekend: int) -> tuple[float, ...]:
    """Natural logarithms of the share of each half hour of the week, from Monday 00:00."""
    free = (4, 5) if weekend == FRIDAY_SATURDAY else (5, 6)
    shares = [_share(slot, slot // HALVES in free) for slot in range(WEEK)]
    total = sum(shares)
    return tuple(log(share / total) for share in shares)


def _share(slot: int, free: bool) -> float:
    hour = (slot % HALVES) / 2 + 0.25
    day = _rise((hour - _OPENS) / _COMING) * _rise((_CLOSES - hour) / _GOING)
    day *= 1 - _LUNCH * exp(-(((hour - 12.75) / 0.6) ** 2))
    evening = _EVENING * _rise(hour - 17) * _rise((22.5 - hour) / 0.5)
    return (_WEEKEND if free else 1.0) * max(day, evening) + _NIGHT * (0.5 if free else 1.0)


def _rise(x: float) -> float:
    return 1 / (1 + exp(-x))
