"""What another detection makes of the same pushes: findings gone, findings new, and why, push by push."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from msgspec import Struct, field

from tocsin.risk.finding import EventPointer

Kind = Literal["gone", "lowered", "new", "new_failed", "both", "neither"]
KINDS: tuple[Kind, ...] = ("gone", "lowered", "new", "new_failed", "both", "neither")
MOST = 10_000  # changes that are kept; the rest are counted


class Push(Struct, frozen=True):
    """One PutImage record. Texts are "" where nothing is known.

    `local_time` (ISO 8601 with offset) and `zone` are the uploader's, `state` is open, closed or unknown, `reason` and
    `calendar` say why, `rule` who decided. `error` is "" for a push that succeeded.
    """

    event: EventPointer
    time: float
    user: str
    account: str
    repository: str
    tag: str
    digest: str
    error: str
    local_time: str
    zone: str
    calendar: str
    state: str
    reason: str
    rule: str


class Change(Struct, frozen=True):
    """A push that at least one side reports. `before` says what the original makes of it, `now` what ours does."""

    kind: Kind
    push: Push
    before: str
    now: str


class Comparison(Struct):
    """`original` and `ours` are names of detections. `counts` are pushes by kind, those in neither too.

    gone: the original reports it, ours does not. lowered: both do, ours among failed pushes with a lower score.
    new: only ours does; new_failed: only ours does, among failed pushes. both, neither.
    """

    original: str
    ours: tuple[str, ...]
    counts: Counter[Kind] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)

    @property
    def pushes(self) -> int:
        return sum(self.counts.values())

    @property
    def not_listed(self) -> int:
        """Changes that were counted but not kept."""
        return self.pushes - self.counts["neither"] - len(self.changes)

    def add(self, change: Change) -> None:
        """Count a push, and keep it if a side reports it and there is room."""
        self.counts[change.kind] += 1
        if change.kind != "neither" and len(self.changes) < MOST:
            self.changes.append(change)
