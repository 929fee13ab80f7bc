"""The window of history cut where any candidate's clock changes: in each span every zone has one offset."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping

from msgspec import Struct

from tocsin.hours.zones import stretches, zone_named

HALF = 1_800


class Spans(Struct, frozen=True):
    """`starts` are epoch seconds of the spans' begins; `offsets` the seconds ahead of UTC, by zone and span."""

    starts: tuple[int, ...]
    until: int
    offsets: Mapping[str, tuple[int, ...]]

    def at(self, epoch: int) -> int:
        """The number of the span that holds the instant."""
        return max(0, bisect_right(self.starts, epoch) - 1)

    def ahead(self, zone: str, epoch: int) -> int:
        """Seconds ahead of UTC; none for UTC itself, a candidate or not."""
        return 0 if zone == "UTC" and zone not in self.offsets else self.offsets[zone][self.at(epoch)]

    def apart(self, one: str, other: str) -> float:
        """Hours between two zones' clocks, the most there are in the window, around the circle of a day."""
        pairs = zip(self.offsets[one], self.offsets[other], strict=True)
        return max(min(abs(a - b), 86_400 - abs(a - b)) for a, b in pairs) / 3_600


def spans_of(since: int, until: int, zones: Iterable[str]) -> Spans:
    """The spans of a window. Every zone must exist."""
    cuts: set[int] = {since}
    changes: dict[str, list[tuple[int, int, int]]] = {}
    for name in sorted(set(zones)):
        zone = zone_named(name)
        assert zone is not None, name
        changes[name] = stretches(zone, since, max(until, since + 1))
        cuts.update(start for start, _, _ in changes[name])
    starts = tuple(sorted(cuts))
    return Spans(starts, until, {name: _offsets(found, starts) for name, found in changes.items()})


def _offsets(found: list[tuple[int, int, int]], starts: tuple[int, ...]) -> tuple[int, ...]:
    begins = [start for start, _, _ in found]
    return tuple(found[bisect_right(begins, start) - 1][2] for start in starts)
