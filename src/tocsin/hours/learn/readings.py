"""Days that fit two zones, one of them as a night: where regions and clock changes stand decides.

A night shift in Berlin has the shape of a working day in Sydney or Honolulu. Nothing in the shape tells one from the
other. But who works in the regions that stand near Berlin, as Berlin's people do, is read by Berlin's clock if

- people of Sydney work in other regions than he does, or
- nobody but others like him is in that zone, none has vouched for it, and his days would be nights in Berlin,

unless clocks that changed tell otherwise. That makes his days nights, which are left to review.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from tocsin.hours.learn.clocks import EVERYBODYS_REGION, REGIONS
from tocsin.hours.learn.spans import Spans

OTHER_DAY = 3.0  # hours between two clocks from which a working day of one is early or evening of the other
NIGHT = 6.0  # and from which most of it is night
TOLD = 3.0  # natural logarithm of odds: clocks that changed speak for one zone twenty times as much as for the other
FEWEST = 2  # people who must be seen to do otherwise, and as many who do the same
ALIKE = 0.5  # of the calls, for regions to be called the same


class Placed(Struct, frozen=True):
    """A person's proposed zone, shares of calls by region, and whether he counts as a colleague of others.

    `changes` maps zones to what clock changes say of them: 0 for the steadiest clock, less for the others.
    """

    zone: str
    regions: Mapping[str, float]
    voice: bool
    changes: Mapping[str, float]


class _Group(Struct, frozen=True):
    """The people of one zone whose regions stand near it: how many, their calls by region, one each."""

    people: int
    calls: Mapping[str, float]


def second_readings(people: Sequence[Placed], spans: Spans, vouched: Iterable[str], near_hours: float) -> list[str]:
    """For each of the people the zone to read his days by instead, or "" where nothing speaks against the first.

    `vouched` are zones that the user or the last file names.
    """
    torn = [_far(each, spans) for each in people]
    plain = _groups(each for each, far in zip(people, torn, strict=True) if each.voice and each.regions and not far)
    known = tuple(vouched)
    return [
        _second(each, plain, spans, known, near_hours) if far else "" for each, far in zip(people, torn, strict=True)
    ]


def _groups(people: Iterable[Placed]) -> dict[str, _Group]:
    counts: Counter[str] = Counter()
    calls: dict[str, dict[str, float]] = {}
    for each in people:
        counts[each.zone] += 1
        mine = calls.setdefault(each.zone, {})
        for region, share in each.regions.items():
            mine[region] = mine.get(region, 0.0) + share
    return {zone: _Group(counts[zone], calls[zone]) for zone in sorted(counts)}


def _far(one: Placed, spans: Spans) -> bool:
    """Whether most of the calls go to regions that do not stand near the zone. Everybody's region says nothing."""
    known = {region: share for region, share in one.regions.items() if region != EVERYBODYS_REGION}
    return bool(known) and sum(share for region, share in known.items() if stands_near(region, one.zone, spans)) < ALIKE


def _second(one: Placed, plain: Mapping[str, _Group], spans: Spans, vouched: Sequence[str], near_hours: float) -> str:
    """People whose own regions are far away vouch for nobody: else three of a night shift would for one another."""
    here = [group for zone, group in plain.items() if spans.apart(zone, one.zone) <= near_hours]
    if sum(each.people for each in here) >= FEWEST:
        return "" if _alike(one, here) >= ALIKE else _home(one, plain, spans, OTHER_DAY)
    if any(zone in spans.offsets and spans.apart(zone, one.zone) <= near_hours for zone in vouched):
        return ""
    return _home(one, plain, spans, NIGHT)


def _home(one: Placed, plain: Mapping[str, _Group], spans: Spans, hours: float) -> str:
    """The zone, so many hours away at least, of most of the people who work in the same regions; "" without such."""
    there = {
        zone: group.people
        for zone, group in plain.items()
        if group.people >= FEWEST and spans.apart(zone, one.zone) >= hours and _alike(one, [group]) >= ALIKE
    }
    best = max(there, key=lambda zone: there[zone], default="")
    told = one.changes.get(one.zone, 0.0) - one.changes.get(best, 0.0) >= TOLD
    return "" if told else best


def _alike(one: Placed, groups: Sequence[_Group]) -> float:
    """The share of calls to regions that the people of the groups work in as well, on average."""
    people = sum(each.people for each in groups)
    return sum(
        min(share, sum(each.calls.get(region, 0.0) for each in groups) / people)
        for region, share in one.regions.items()
    )


def stands_near(region: str, zone: str, spans: Spans) -> bool:
    stands, hours = REGIONS[region]
    return stands in spans.offsets and spans.apart(stands, zone) <= hours
