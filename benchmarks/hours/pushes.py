"""One PutImage record, and what searches group it by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from tocsin.hours import Subject

REGISTRY = "111122223333"
_SLOT = 600
_SSO = "AWSReservedSSO_"


@dataclass(frozen=True, slots=True)
class Push:
    """`subject` names the repository and the region. `tag` is "" for a push by digest.

    `cause` says why it happened at that hour, `person` whose it is, "" for a robot's.
    """

    at: int
    subject: Subject
    address: str
    tag: str
    cause: str
    person: str = ""
    failed: bool = False
    service: bool = False


def outside_utc(push: Push) -> bool:
    """What the original searches for: 20:00 to 08:00, or a Saturday or Sunday, by the clock of UTC."""
    time = datetime.fromtimestamp(push.at, UTC)
    return time.hour >= 20 or time.hour < 8 or time.weekday() >= 5


def original_row(push: Push) -> tuple[str, ...] | None:
    """The row of that day's search that the record is in; None where a field is missing, as `stats by` drops it."""
    who = push.subject
    user = who.user or who.role
    if not user or not push.tag:
        return None
    day = str(push.at // 86_400)
    return (day, who.region, user, push.address, push.tag, REGISTRY, who.repository)


def finding(push: Push) -> tuple[str, ...] | None:
    """The finding of our detections that the record is in; None if they leave it out."""
    if push.failed or push.service:
        return None
    who = push.subject
    user = who.session if who.role.startswith(_SSO) else who.user or who.role
    return (user, who.account, who.repository, who.region, str(push.at // _SLOT))
