"""The time of a record: the text of `eventTime` as epoch seconds and the zone it was written in.

CloudTrail writes `2026-03-07T01:00:00Z`; tools that rewrite records leave fractions, a blank for the `T`, a
lower-case `z`, an offset, or no zone at all, which is read as UTC. Anything else is no time.
"""

from __future__ import annotations

import re
from datetime import date

_WRITTEN = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(\.\d{1,9})?(?:[Zz]| ?([+-])(\d\d):?(\d\d)?)?", re.ASCII
)
_EPOCH = date(1970, 1, 1).toordinal()

Moment = tuple[float, int]


def parse(text: str) -> Moment | None:
    """Epoch seconds, and minutes east of UTC as written; None if the text is no time.

    >>> parse("1970-01-02T00:00:00.5Z")
    (86400.5, 0)
    >>> parse("1970-01-02 09:30:00+09:30")
    (86400.0, 570)
    >>> parse("yesterday")
    """
    written = _WRITTEN.fullmatch(text)
    if written is None:
        return None
    year, month, day, hour, minute, second = map(int, written.group(1, 2, 3, 4, 5, 6))
    offset = _offset(*written.group(8, 9, 10))
    if hour > 23 or minute > 59 or second > 60 or offset is None:  # 60: a leap second
        return None
    try:
        days = date(year, month, day).toordinal() - _EPOCH
    except ValueError:
        return None
    whole = days * 86400 + hour * 3600 + (minute - offset) * 60 + second
    return whole + float(written[7] or 0), offset


def _offset(sign: str | None, hours: str | None, minutes: str | None) -> int | None:
    if hours is None:
        return 0
    if int(hours) > 23 or int(minutes or 0) > 59:
        return None
    total = int(hours) * 60 + int(minutes or 0)
    return -total if sign == "-" else total


class Moments(dict[object, "Moment | None"]):
    """Texts of `eventTime` already read: records of one file share few. Forgets when it grows too big."""

    def __missing__(self, text: object) -> Moment | None:
        if len(self) >= _KEPT:
            self.clear()
        moment = self[text] = parse(text) if isinstance(text, str) else None
        return moment


_KEPT = 100_000
