"""Abbreviations of time zones, as `%Z` writes and reads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

# Minutes east of UTC. Those of RFC 822, and of Europe, Australia, New Zealand and Japan that mean one thing only: no
# IST, no BST. What the searcher's own zone calls itself goes before.
KNOWN: Mapping[str, int] = MappingProxyType({
    "UTC": 0, "UT": 0, "GMT": 0, "Z": 0, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360,
    "PST": -480, "PDT": -420, "WET": 0, "WEST": 60, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180, "AEST": 600,
    "AEDT": 660, "NZST": 720, "NZDT": 780, "JST": 540,
})  # fmt: skip


def names_of(zone: str) -> dict[int, str]:
    """What a zone calls itself, by the minutes east of UTC that its clocks are then."""
    place = ZoneInfo(zone)
    samples = [datetime(2024, month, 15, tzinfo=UTC).astimezone(place) for month in (1, 4, 7, 10)]
    return {_minutes(each): each.tzname() or zone for each in samples}


def readable(zone: str) -> dict[str, int]:
    """All abbreviations that mean something to a searcher in the zone, in capitals."""
    return {**KNOWN, **{name.upper(): minutes for minutes, name in names_of(zone).items()}}


def _minutes(moment: datetime) -> int:
    offset = moment.utcoffset()
    return int(offset.total_seconds() // 60) if offset else 0
