"""The documents of a file to parts: ruled out unread, decoded as a whole, or piece by piece if they are long."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from tocsin.cloudtrail.absent import Absence
from tocsin.cloudtrail.decode import Decoder
from tocsin.cloudtrail.inflate import WHOLE, Source
from tocsin.cloudtrail.long import Long
from tocsin.cloudtrail.part import Part, ruled_out
from tocsin.cloudtrail.prefilter import chosen
from tocsin.cloudtrail.request import RAW, Request
from tocsin.cloudtrail.shape import firsts, shape
from tocsin.cloudtrail.usual import head, is_usual
from tocsin.plan.expr import columns

_HEAD = 1 << 16  # where keys with dots are looked for: a tool that flattens records does it to all
_WORTH = 1 << 16  # bytes that are worth leaving out

Decoded = Iterator[tuple[Decoder, Part]]


class Reader:
    """Decodes what any want of a request may need."""

    def __init__(self, request: Request) -> None:
        paths = _paths(request)
        texts = chosen(request)
        self._absence = Absence(texts) if texts is not None else None
        self._max_record = request.max_record
        self._firsts = firsts(paths)
        self.decoder, self._joined = (
            Decoder(shape(paths, joined=joined), request.max_record) for joined in (False, True)
        )

    def parts(self, source: Source) -> Decoded:
        """What the file holds, in order, and the decoder whose records they are."""
        for blocks in source.documents():
            first = next(blocks, b"")
            second = next(blocks, None) if len(first) >= WHOLE else None
            if second is not None:
                decoder, blocks = self._for(first), chain((first, second), blocks)
                del first, second  # they are long
                yield from self._long(decoder, blocks)
            elif source.failure is None and self._usual(first):
                yield from self._ruled_out(first)
            elif first and not first.isspace():
                yield from self._whole(first)
            else:
                source.failure = source.failure or "empty"

    def _usual(self, buffer: bytes) -> bool:
        """Whether the buffer, or a part of it, may go unread."""
        return self._absence is not None and is_usual(buffer)

    def _absent(self, buffer: bytes) -> bool:
        return self._absence is not None and is_usual(buffer) and self._absence.rules_out(buffer)

    def _ruled_out(self, buffer: bytes) -> Decoded:
        """A usual buffer. If it holds a match, what lies beyond the last possible one stays unread."""
        assert self._absence is not None
        if self._absence.rules_out(buffer):
            yield self.decoder, ruled_out(buffer)
            return
        decoder = self._for(buffer)
        begun, left = head(buffer, self._absence.beyond(buffer)) if len(buffer) > _WORTH else (buffer, 0)
        part = decoder.usual(begun) if left > _WORTH else None
        if part is None:
            yield from self._whole(buffer)
        else:
            part.skipped = left
            yield decoder, part

    def _whole(self, buffer: bytes) -> Decoded:
        decoder = self._for(buffer)
        return ((decoder, part) for part in decoder.decode(buffer))

    def _long(self, decoder: Decoder, blocks: Iterator[bytes]) -> Decoded:
        return ((decoder, part) for part in Long(blocks, decoder, self._max_record, self._absent).parts())

    def _for(self, buffer: bytes) -> Decoder:
        begin = buffer[:_HEAD]
        return self._joined if any(first in begin for first in self._firsts) else self.decoder


def _paths(request: Request) -> list[str]:
    wanted = {path for want in request.wants for path in (*want.paths, *columns(want.condition))}
    return sorted(wanted - {RAW})
