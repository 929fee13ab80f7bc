"""Moments as people read them: in the chosen zone, with the weekday, to the second."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(epoch: float | None, zone: str) -> str:
    """`Sat 2026-03-07 11:02:45` in the zone, rounded down; "" for no time.

    A number that no calendar holds is shown as it is.

    >>> moment(1629328650.9, "UTC")
    'Wed 2021-08-18 23:17:30'
    """
    at = local(epoch, zone)
    if at is None:
        return "" if epoch is None else str(epoch)
    return f"{_WEEKDAYS[at.weekday()]} {at:%Y-%m-%d %H:%M:%S}"


def splunk_text(epoch: float | None, zone: str) -> str:
    """The same moment as `security_content_ctime` writes it (`2021-08-18T23:17:30`); "" where it cannot."""
    at = local(epoch, zone)
    return "" if at is None else at.isoformat(timespec="seconds")[:19]


def local(epoch: float | None, zone: str) -> datetime | None:
    """The moment in the zone, rounded down to the second; None for no time, or one that no calendar holds."""
    if epoch is None or not math.isfinite(epoch):
        return None
    try:
        return (_EPOCH + timedelta(seconds=math.floor(epoch))).astimezone(ZoneInfo(zone))
    except OverflowError:
        return None
