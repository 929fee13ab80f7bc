"""Time zones by IANA name: offsets of instants, wall clocks, and where offsets change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

_STEP = 6 * 3_600
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = date(1970, 1, 1).toordinal()


@lru_cache(maxsize=1024)
def zone_named(name: str) -> ZoneInfo | None:
    """The zone of that name; None if there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    return frozenset(available_timezones())


def offset_of(zone: ZoneInfo, epoch: int) -> int:
    """Seconds that the zone's clocks are ahead of UTC at that instant."""
    offset = datetime.fromtimestamp(epoch, zone).utcoffset()
    assert offset is not None
    return offset.days * 86_400 + offset.seconds


def wall_of(zone: str, epoch: int) -> int:
    """What the zone's wall clocks show at that instant, as wall seconds. An unknown zone is UTC."""
    known = zone_named(zone)
    return epoch + (offset_of(known, epoch) if known else 0)


def epoch_of(zone: ZoneInfo, wall: int) -> int:
    """The instant at which the zone's wall clocks show `wall`.

    A time shown twice is the first of the two; one never shown (a gap) is as long after the change as it is
    past the gap's start (RFC 5545, 3.3.5).
    """
    shown = (_EPOCH + timedelta(seconds=wall)).replace(tzinfo=zone)
    offset = shown.utcoffset()
    assert offset is not None
    return wall - (offset.days * 86_400 + offset.seconds)


def stretches(zone: ZoneInfo, start: int, end: int) -> list[tuple[int, int, int]]:
    """The range of epoch seconds cut where the offset changes: start, end and offset of each part.

    Offsets are compared every six hours and a change is then found to the second: in all the zones there are,
    no two changes are nearer than three days.
    """
    found: list[tuple[int, int, int]] = []
    begin, offset = start, offset_of(zone, start)
    for at in range(start, end, _STEP):
        ahead = min(at + _STEP, end)
        later = offset_of(zone, ahead)
        if later != offset:
            change = _change(zone, at, ahead, offset)
            if change < end:
                found.append((begin, change, offset))
                begin, offset = change, later
    found.append((begin, end, offset))
    return found


def _change(zone: ZoneInfo, low: int, high: int, offset: int) -> int:
    """The first instant after `low`, up to `high`, with another offset."""
    while high - low > 1:
        middle = (low + high) // 2
        if offset_of(zone, middle) == offset:
            low = middle
        else:
            high = middle
    return high


def day_number(day: date) -> int:
    """Days from 1970-01-01."""
    return day.toordinal() - _EPOCH_DAY


@lru_cache(maxsize=65_536)
def day_of(number: int) -> date:
    """The date that many days from 1970-01-01; before the year 1 or after 9999 the nearest there is."""
    return date.fromordinal(min(max(number + _EPOCH_DAY, 1), date.max.toordinal()))
