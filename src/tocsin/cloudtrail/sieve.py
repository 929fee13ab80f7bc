"""One file after another: read, ruled out or decoded, counted, and its candidate records put into columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from tocsin.cloudtrail.absent import Absence
from tocsin.cloudtrail.account import KEPT, Problem, ScanAccount
from tocsin.cloudtrail.batch import Batch
from tocsin.cloudtrail.decode import Decoder
from tocsin.cloudtrail.files import File
from tocsin.cloudtrail.inflate import WHOLE, Source
from tocsin.cloudtrail.part import Part
from tocsin.cloudtrail.prefilter import chosen
from tocsin.cloudtrail.request import RAW, Request
from tocsin.cloudtrail.resync import Resync
from tocsin.cloudtrail.select import Selector
from tocsin.cloudtrail.shape import firsts, shape
from tocsin.cloudtrail.usual import is_usual
from tocsin.plan.expr import columns

_HEAD = 1 << 16  # where keys with dots are looked for: a tool that flattens records does it to all


class Sieve:
    """Holds what one process needs for a request; the account and the batches fill up file by file."""

    def __init__(self, request: Request) -> None:
        paths = _paths(request)
        texts = chosen(request)
        self.account = ScanAccount()
        self._max_raw = request.max_raw
        self._max_record = request.max_record
        self._decoders = [Decoder(shape(paths, joined=joined), request.max_record) for joined in (False, True)]
        self._firsts = firsts(paths)
        self._absence = Absence(texts) if texts is not None else None
        self._selector = Selector(request)

    def take(self, *, whole: bool) -> Iterator[tuple[int, Batch]]:
        """The batches that are full, or all that hold anything, by want; new ones take their places."""
        batches = self._selector.batches
        for want, batch in enumerate(batches):
            if batch.full or (whole and batch.rows):
                batches[want] = Batch()
                yield want, batch

    def settle(self) -> ScanAccount:
        """The account since the last time."""
        account, self.account = self.account, ScanAccount()
        return account

    def read(self, index: int, file: File) -> None:
        """Read one file to its end, or as far as that can be done."""
        source = Source(file.path, file.size, self._max_raw)
        seen = _Seen()
        for blocks in source.documents():
            for decoder, part in self._parts(blocks, source, seen):
                bad = self._selector.take(part, decoder, index << 32 | seen.pieces, self.account)
                seen.add(part, bad)
        self._close(file, source, seen)

    def _parts(self, blocks: Iterator[bytes], source: Source, seen: _Seen) -> Iterator[tuple[Decoder, Part]]:
        first = next(blocks, b"")
        second = next(blocks, None) if len(first) >= WHOLE else None
        decoder = self._decoder(first)
        if not first or first.isspace():
            source.failure = source.failure or "empty"
        elif second is not None:
            parts = Resync(chain((first, second), blocks), decoder.opener, self._max_record).parts()
            yield from ((decoder, part) for part in parts)
        elif self._ruled_out(first, source):
            seen.skipped += len(first)
        else:
            yield from ((decoder, part) for part in decoder.decode(first))

    def _ruled_out(self, buffer: bytes, source: Source) -> bool:
        if self._absence is None or source.failure is not None:
            return False
        return is_usual(buffer) and self._absence.rules_out(buffer)

    def _decoder(self, buffer: bytes) -> Decoder:
        head = buffer[:_HEAD]
        return self._decoders[any(first in head for first in self._firsts)]

    def _close(self, file: File, source: Source, seen: _Seen) -> None:
        account = self.account
        account.files += 1
        account.bytes += source.stored
        account.raw_bytes += source.raw
        account.failed += bool(source.failure or seen.stopped)
        account.skipped_files += bool(seen.skipped and not seen.parts)
        account.skipped_bytes += seen.skipped
        account.other_files += seen.foreign
        if not seen.foreign:
            account.decoded += seen.pieces
            account.not_cloudtrail += seen.other
        account.unreadable += len(seen.broken)
        reasons = [Problem(file.path, reason) for reason in (source.failure, seen.stopped) if reason]
        reasons += [Problem(file.path, reason, position) for position, reason in seen.broken]
        account.problems.extend(reasons[: max(0, KEPT - len(account.problems))])


@dataclass(slots=True)
class _Seen:
    """What a file held so far."""

    parts: int = 0
    pieces: int = 0
    other: int = 0
    insights: int = 0
    digests: int = 0
    skipped: int = 0  # bytes
    broken: list[tuple[int, str]] = field(default_factory=list)
    stopped: str | None = None

    @property
    def foreign(self) -> bool:
        """Whether the file is a digest or an Insight file: CloudTrail's own, but no log."""
        return 0 < self.pieces == self.insights + self.digests

    def add(self, part: Part, bad: list[tuple[int, str]]) -> None:
        self.broken += ((self.pieces + position, reason) for position, reason in sorted(part.broken + bad))
        self.parts += 1
        self.pieces += part.pieces
        self.other += part.other
        self.insights += part.insights
        self.digests += part.digests
        self.stopped = part.stopped or self.stopped


def _paths(request: Request) -> list[str]:
    wanted = {path for want in request.wants for path in (*want.paths, *columns(want.condition))}
    return sorted(wanted - {RAW})
