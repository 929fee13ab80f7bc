"""The layout of CloudTrail's keys in S3, and what a key's date says about the records in it.

`AWSLogs/[o-organization/]account/CloudTrail[-Digest|-Insight]/region/YYYY/MM/DD/...`; the date is the day of delivery
in UTC. Records are delivered minutes after they happen, rarely hours or days, and never before.
"""

from __future__ import annotations

import re
from datetime import date

DAY = 86400.0
SLACK_BEFORE = DAY  # for clocks that differ
SLACK_AFTER = 7 * DAY  # for late delivery

_DATED = re.compile(
    r"(?:^|[/\\])AWSLogs[/\\](?:o-[a-z0-9]+[/\\])?\d{12}[/\\]CloudTrail[A-Za-z-]*[/\\][^/\\]+"
    r"[/\\](\d{4})[/\\](\d\d)[/\\](\d\d)[/\\][^/\\]*\Z"
)
_EPOCH = date(1970, 1, 1).toordinal()


def may_hold(path: str, earliest: float | None, latest: float | None) -> bool:
    """Whether a file of this absolute path may hold a record with `earliest` <= time < `latest`.

    >>> may_hold("/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/07/a.json.gz", 1e12, None)
    False
    """
    day = _day(path)
    if day is None:
        return True
    if earliest is not None and day + DAY + SLACK_BEFORE <= earliest:
        return False
    return latest is None or day - SLACK_AFTER < latest


def _day(path: str) -> float | None:
    dated = _DATED.search(path)
    if dated is None:
        return None
    try:
        return (date(*map(int, dated.groups())).toordinal() - _EPOCH) * DAY
    except ValueError:
        return None
