"""What one file held, and how that goes into the account."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from tocsin.cloudtrail.account import ScanAccount
from tocsin.cloudtrail.inflate import Source
from tocsin.cloudtrail.part import Part
from tocsin.cloudtrail.values import EARLY


class Tally(Struct):
    """Pieces are records and whatever else stood where records stand; their positions run through the whole file."""

    unread: bool = True  # all of it was ruled out
    pieces: int = 0
    other: int = 0
    insights: int = 0
    digests: int = 0
    skipped: int = 0  # bytes ruled out
    passed: int = 0  # records in them
    broken: list[tuple[int, str]] = field(default_factory=list)
    stopped: str | None = None

    @property
    def position(self) -> int:
        """That of the last piece."""
        return self.pieces + self.passed

    def add(self, part: Part) -> None:
        self.broken += ((self.position + position, reason) for position, reason in part.broken)
        self.unread &= part.skipped > 0 and part.pieces == 0
        self.skipped += part.skipped
        self.passed += part.passed
        self.pieces += part.pieces
        self.other += part.other
        self.insights += part.insights
        self.digests += part.digests
        self.stopped = part.stopped or self.stopped

    def count(self, source: Source, account: ScanAccount) -> None:
        """Add the file. Of a digest or an Insight file, CloudTrail's own but no log, nothing else is counted."""
        foreign = 0 < self.pieces == self.insights + self.digests
        account.files += 1
        account.failed += bool(source.failure or self.stopped)
        account.bytes += source.stored
        account.raw_bytes += source.raw
        account.skipped_files += self.skipped > 0 and self.unread
        account.skipped_bytes += self.skipped
        account.other_files += foreign
        account.decoded += 0 if foreign else self.pieces
        account.not_cloudtrail += 0 if foreign else self.other
        account.unreadable += len(self.broken)

    def problems(self, source: Source) -> Iterator[tuple[int, str]]:
        """Positions and reasons, 0 for those of the whole file.

        Where the file itself could not be read on, that is why its JSON ends too early.
        """
        cut = source.failure is not None and not source.archive
        stopped = None if cut and self.stopped == EARLY else self.stopped
        yield from ((0, reason) for reason in (source.failure, stopped) if reason)
        yield from ((at, "cut off with the file" if cut and reason == EARLY else reason) for at, reason in self.broken)
