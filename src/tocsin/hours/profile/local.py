"""Instants to hours of a zone's wall clock, fast enough for millions."""

from __future__ import annotations

from tocsin.hours.zones import wall_of

_QUARTER, _HOUR = 900, 3_600
_KEPT = 100_000
_FIRST, _LAST = -62135078400, 253401782400  # the years 1 to 9999, days from both ends


class LocalClock:
    """One zone's wall clock. All changes of offsets fall on quarters of an hour; those of before 1970 may not."""

    def __init__(self, zone: str) -> None:
        self._zone = zone
        self._known: dict[int, int] = {}

    def hour(self, at: float) -> int:
        """The hour that the clock shows, counted from 1970-01-01 00:00; outside the years 1 to 9999 the nearest."""
        quarter = int(at // _QUARTER)
        hour = self._known.get(quarter)
        if hour is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            hour = wall_of(self._zone, min(max(quarter * _QUARTER, _FIRST), _LAST)) // _HOUR
            self._known[quarter] = hour
        return hour

    def slot(self, at: float) -> int:
        """The hour of the week, 0 is Monday 00:00-01:00."""
        return (self.hour(at) + 72) % 168
