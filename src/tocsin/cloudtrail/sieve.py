"""One file after another: read, ruled out or decoded, counted, and its candidate records put into columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from tocsin.cloudtrail.absent import Absence
from tocsin.cloudtrail.account import KEPT, Problem, ScanAccount
from tocsin.cloudtrail.batch import Batch
from tocsin.cloudtrail.decode import Decoder
from tocsin.cloudtrail.files import File
from tocsin.cloudtrail.gathered import Gathered
from tocsin.cloudtrail.inflate import WHOLE, Source
from tocsin.cloudtrail.part import Part
from tocsin.cloudtrail.prefilter import chosen
from tocsin.cloudtrail.request import RAW, Request
from tocsin.cloudtrail.resync import Resync
from tocsin.cloudtrail.select import Selector
from tocsin.cloudtrail.shape import firsts, shape
from tocsin.cloudtrail.tally import Tally
from tocsin.cloudtrail.usual import head, is_usual
from tocsin.plan.expr import columns

Numbered = tuple[int, File]
Filled = Iterator[tuple[int, Batch]]  # by want

_HEAD = 1 << 16  # where keys with dots are looked for: a tool that flattens records does it to all
_LONG = 1 << 16  # bytes that are worth leaving out
_FILE = 32  # bits of SEQ below those of the file


class Sieve:
    """Holds what one process needs for a request. What is counted goes into the account at once."""

    def __init__(self, request: Request, account: ScanAccount) -> None:
        paths = _paths(request)
        texts = chosen(request)
        self._request = request
        self.account = account
        self._decoders = [Decoder(shape(paths, joined=joined), request.max_record) for joined in (False, True)]
        self._firsts = firsts(paths)
        self._absence = Absence(texts) if texts is not None else None
        self._selector = Selector(request)

    def read(self, files: Sequence[Numbered]) -> Filled:
        """Read files, each to its end or as far as that can be done. No candidate stays behind."""
        problems: list[tuple[int, str]] = []
        gathered = Gathered(self._decoders[0])
        for index, file in files:
            source = Source(file.path, file.size, self._request.max_raw)
            tally = Tally()
            for decoder, part in self._parts(source, tally):
                if gathered.enough or gathered.decoder is not decoder:
                    yield from self._settle(gathered, problems)
                    gathered = Gathered(decoder)
                gathered.add(part, (index << _FILE) + tally.pieces)
                tally.add(part)
            tally.count(source, self.account)
            problems += (((index << _FILE) + position, reason) for position, reason in tally.problems(source))
        yield from self._settle(gathered, problems)
        yield from self._selector.filled(whole=True)
        self._report(problems, dict(files))

    def _settle(self, gathered: Gathered, problems: list[tuple[int, str]]) -> Filled:
        bad = self._selector.take(gathered, self.account)
        self.account.unreadable += len(bad)
        problems += bad
        return self._selector.filled(whole=False)

    def _parts(self, source: Source, tally: Tally) -> Iterator[tuple[Decoder, Part]]:
        for blocks in source.documents():
            first = next(blocks, b"")
            second = next(blocks, None) if len(first) >= WHOLE else None
            usual = second is None and source.failure is None and self._may_be_left_out(first)
            if usual and self._absence is not None and self._absence.rules_out(first):
                tally.skipped += len(first)
            elif not first or first.isspace():
                source.failure = source.failure or "empty"
            else:
                decoder = self._decoder(first)
                parts = (
                    self._short(first, decoder, tally, usual=usual)
                    if second is None
                    else self._long(chain((first, second), blocks), decoder)
                )
                yield from ((decoder, part) for part in parts)

    def _may_be_left_out(self, buffer: bytes) -> bool:
        return self._absence is not None and is_usual(buffer)

    def _short(self, buffer: bytes, decoder: Decoder, tally: Tally, *, usual: bool) -> Iterator[Part]:
        """A buffer that is there as a whole; of a usual one, what lies beyond the last possible match stays unread."""
        if usual and self._absence is not None and len(buffer) > _LONG:
            begun, left = head(buffer, self._absence.beyond(buffer))
            part = decoder.usual(begun) if left > _LONG else None
            if part is not None:
                tally.skipped += left
                yield part
                return
        yield from decoder.decode(buffer)

    def _long(self, blocks: Iterator[bytes], decoder: Decoder) -> Iterator[Part]:
        return Resync(blocks, decoder.opener, self._request.max_record).parts()

    def _decoder(self, buffer: bytes) -> Decoder:
        head = buffer[:_HEAD]
        return self._decoders[any(first in head for first in self._firsts)]

    def _report(self, problems: list[tuple[int, str]], files: dict[int, File]) -> None:
        kept = self.account.problems
        for seq, reason in sorted(problems)[: max(0, KEPT - len(kept))]:
            index, position = divmod(seq, 1 << _FILE)
            kept.append(Problem(files[index].path, reason, position or None))


def _paths(request: Request) -> list[str]:
    wanted = {path for want in request.wants for path in (*want.paths, *columns(want.condition))}
    return sorted(wanted - {RAW})
