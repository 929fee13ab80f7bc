"""The documents of a file to parts: ruled out unread, decoded as a whole, or piece by piece if they are long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

import stringzilla as sz

from tocsin.cloudtrail.absent import Absence
from tocsin.cloudtrail.decode import Decoder
from tocsin.cloudtrail.inflate import WHOLE, Source
from tocsin.cloudtrail.long import Long
from tocsin.cloudtrail.part import Part, ruled_out
from tocsin.cloudtrail.prefilter import chosen
from tocsin.cloudtrail.request import RAW, Request
from tocsin.cloudtrail.shape import firsts
from tocsin.cloudtrail.sniff import Buffer
from tocsin.cloudtrail.usual import is_usual
from tocsin.cloudtrail.whole import whole
from tocsin.plan.expr import columns

_HEAD = 1 << 16  # where keys with dots are looked for: a tool that flattens records does it to all
_WORTH = 1 << 16  # bytes that are worth leaving out


class Reader:
    """Decodes what any want of a request may need."""

    def __init__(self, request: Request) -> None:
        paths = _paths(request)
        texts = chosen(request)
        self._absence = Absence(texts) if texts is not None else None
        self._max_record = request.max_record
        self._firsts = firsts(paths)
        dated = not _asks_when(request, paths)
        self._nested, self._joined = (
            Decoder(paths, request.max_record, joined=joined, dated=dated) for joined in (False, True)
        )

    def parts(self, source: Source) -> Iterator[Part]:
        """What the file holds, in order."""
        plain = whole(source)
        return self._all(source) if plain is None or not plain or plain.isspace() else self._document(plain)

    def _all(self, source: Source) -> Iterator[Part]:
        for blocks in source.documents():
            first = next(blocks, b"")
            second = next(blocks, None) if len(first) >= WHOLE else None
            if second is not None:
                decoder, blocks = self._for(first), chain((first, second), blocks)
                del first, second  # they are long
                yield from self._long(decoder, blocks)
            elif not first or first.isspace():
                source.failure = source.failure or "empty"
            else:
                ordinary = source.failure is None and not source.archive
                yield from self._document(first) if ordinary else self._whole(first)

    def _document(self, buffer: Buffer) -> Iterator[Part]:
        """A document that was read to its end: it, or records of it, may go unread."""
        if self._absence is None or not is_usual(buffer):
            return self._whole(buffer)
        if len(buffer) > _WORTH:
            return self._matching(buffer, self._absence.places(buffer))
        return self._matching(buffer, [] if self._absence.rules_out(buffer) else None)

    def _absent(self, buffer: Buffer) -> bool:
        return self._absence is not None and is_usual(buffer) and self._absence.rules_out(buffer)

    def _matching(self, buffer: Buffer, places: list[int] | None) -> Iterator[Part]:
        """Of a usual document only the records at the places may match; None if it is not known which."""
        if places is None:
            return self._whole(buffer)
        if not places:
            return iter((ruled_out(buffer, self._nested.shape),))
        part = self._for(buffer).picked(buffer, places)
        return self._whole(buffer) if part is None else iter((part,))

    def _whole(self, buffer: Buffer) -> Iterator[Part]:
        return self._for(buffer).decode(buffer)

    def _long(self, decoder: Decoder, blocks: Iterator[bytes]) -> Iterator[Part]:
        return Long(blocks, decoder, self._max_record, self._absent).parts()

    def _for(self, buffer: Buffer) -> Decoder:
        joined = any(sz.find(buffer, first, 0, _HEAD) >= 0 for first in self._firsts)
        return self._joined if joined else self._nested


def _asks_when(request: Request, paths: Sequence[str]) -> bool:
    """Whether it matters when a record happened, and not only that this can be told."""
    bounded = request.earliest is not None or request.latest is not None
    return bounded or "eventTime" in paths or any(want.times for want in request.wants)


def _paths(request: Request) -> list[str]:
    wanted = {path for want in request.wants for path in (*want.paths, *columns(want.condition))}
    ids = {"eventID"} if any(want.ids for want in request.wants) else set()
    return sorted((wanted | ids | request.watched) - {RAW})
