"""Trips: days in a row that lie hours apart from a person's others, over by now, and few of all days.

They are left out of what is learned. Otherwise two weeks elsewhere would stand for months as hours of a day that is too
long for one person. What remains is held against the same thresholds, so that a trip opens nothing. Days that
nothing usual followed may be a move, and stay in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from tocsin.hours.learn.shape import quietest
from tocsin.hours.learn.working_day import HALVES

APART = 3.0  # hours, as for a move
COMMON = 0.4  # of the busiest half hour's days, for a half hour of the usual day
INSIDE = 0.4  # of a day's activity: less within the usual day is another day
FEWEST = 4  # days in a row; fewer teach nothing anyway
RETURNED = 5  # usual days after it: a working week at home
MOST = 0.25  # of all days


def trips(halves: Sequence[int]) -> list[tuple[int, int]]:
    """The trips as first half hour and the one after the last; `halves` are active half hours, in order.

    [] if there is none, or if so many days lie apart that it is not clear which are the usual ones.
    """
    if not halves:
        return []
    cut = quietest(halves)
    active: dict[int, list[int]] = {}
    for half in halves:
        active.setdefault((half - cut) // HALVES, []).append((half - cut) % HALVES)
    days = sorted(active)
    apart = _apart([active[day] for day in days])
    if sum(apart) > MOST * len(days):
        return []
    found = [(first, end) for first, end in _runs(apart) if _over(apart[end:])]
    return [(days[first] * HALVES + cut, (days[end - 1] + 1) * HALVES + cut) for first, end in found]


def _apart(days: Sequence[Sequence[int]]) -> list[bool]:
    """Of each day, whether it lies hours later or earlier than most, or hardly within the hours of most."""
    counts = _counts(days)
    usual = median(_middle(each) for each in days)
    common = {half for half, count in counts.items() if count >= COMMON * max(counts.values())}
    return [
        abs(_middle(each) - usual) >= APART or sum(half in common for half in each) < INSIDE * len(each)
        for each in days
    ]


def _counts(days: Sequence[Sequence[int]]) -> Mapping[int, int]:
    counts: dict[int, int] = {}
    for each in days:
        for half in each:
            counts[half] = counts.get(half, 0) + 1
    return counts


def _middle(day: Sequence[int]) -> float:
    """In hours."""
    return (day[0] + day[-1]) / 4


def _runs(apart: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Days in a row that lie apart: the first, and the one after the last."""
    first = 0
    for at in range(1, len(apart) + 1):
        if at == len(apart) or apart[at] != apart[first]:
            if apart[first] and at - first >= FEWEST:
                yield first, at
            first = at


def _over(after: Sequence[bool]) -> bool:
    """Whether mostly usual days followed."""
    usual = after.count(False)
    return usual >= RETURNED and 2 * usual > len(after)
