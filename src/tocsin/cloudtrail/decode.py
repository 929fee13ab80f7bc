"""A buffer of JSON to its records: the usual shapes in one go, anything valid value by value, the rest mended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import msgspec
from msgspec import UNSET, Raw

from tocsin.cloudtrail.containers import REFUSED, Opener
from tocsin.cloudtrail.part import Part, Pieces
from tocsin.cloudtrail.picked import Picked, picked
from tocsin.cloudtrail.resync import Resync
from tocsin.cloudtrail.shape import NOTIFICATION, Shape, shape
from tocsin.cloudtrail.sniff import Buffer

ENVELOPE = re.compile(rb'\s*\{\s*"Records"\s*:\s*\[\s*')
_BEGIN = re.compile(rb'\s*\{\s*"Records"\s*:\s*(?=\[)')
_REPEATED = re.compile(ENVELOPE.pattern + rb'.*"Records"', re.DOTALL)  # a decoder would keep one of the two
_END = re.compile(rb"\]\s*\}\s*\Z")
_BLANK = 64  # bytes in which the end is looked for


class Decoder:
    """Decodes buffers into records that have these paths; `joined` and `dated` as for shapes."""

    def __init__(self, paths: Sequence[str], max_record: int, *, joined: bool, dated: bool = False) -> None:
        self.max_record = max_record
        self.shape = shape(paths, joined=joined)  # of what is not usual
        self.opener = Opener(self.shape, max_record)
        usual = [] if joined else [shape(paths, joined=False, usual=True, dated=dated)]
        self._readers = [_Reader(each) for each in (*usual, self.shape)]

    def decode(self, buffer: Buffer) -> Iterator[Part]:
        """Whatever the buffer holds. It may be anything; nothing is raised."""
        part = self.valid(buffer)
        if part is None:
            yield from Resync(iter((bytes(buffer),)), self.opener, self.max_record).parts()
        else:
            yield part

    def valid(self, buffer: Buffer) -> Part | None:
        """Whatever the buffer holds if it is valid JSON."""
        texts = Texts(buffer)
        return self._typed(texts) or self._opened(texts)

    def picked(self, buffer: Buffer, places: Sequence[int]) -> Part | None:
        """The records that hold the places, ascending offsets, if the buffer is usual and valid as far as was read."""
        found = picked(buffer, places)
        return None if found is None else self._few(found, len(buffer))

    def _few(self, found: Picked, size: int) -> Part | None:
        if any(len(text) > self.max_record for text in found.texts):
            return None
        for reader in self._readers:
            try:
                part = reader.some(found)
            except REFUSED:
                continue
            if part is not None:
                part.skipped = size - sum(map(len, found.texts))
            return part
        return None

    def _typed(self, texts: Texts) -> Part | None:
        """The records, if there is nothing else."""
        for reader in self._readers:
            try:
                part = reader.read(texts)
                too_long = len(texts.buffer) > self.max_record and texts.longest > self.max_record
            except msgspec.ValidationError:
                continue
            except REFUSED:
                return None
            return None if too_long else part
        return None

    def _opened(self, texts: Texts) -> Part | None:
        """Everything, value by value; None if the buffer as a whole is not valid, or may hold `Records` twice."""
        if texts.array is None and _REPEATED.match(texts.buffer):
            return None
        try:
            values = texts.all
        except REFUSED:
            return None
        pieces = Pieces(self.shape)
        for value in values:
            self.opener.open(bytes(value), pieces)
        return pieces.part


class _Reader:
    """Reads buffers that hold records of one shape, and nothing else."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._array: msgspec.json.Decoder[Any] = msgspec.json.Decoder(list[shape.record])  # type: ignore[name-defined]
        self._values: msgspec.json.Decoder[Any] = msgspec.json.Decoder(shape.record)
        self._name = shape.always("eventName")
        self._source = shape.always("eventSource")

    def read(self, texts: Texts) -> Part | None:
        """None if there is something else. Raises as decoders do, `ValidationError` for records of another shape."""
        records = self._values.decode_lines(texts.buffer) if texts.array is None else self._array.decode(texts.array)
        every = len(records)
        return Part(self._shape, records, range(1, every + 1), texts, every) if self._all_records(records) else None

    def some(self, found: Picked) -> Part | None:
        """Those records; the others count as passed over. Raises as `read` does."""
        records = [self._values.decode(text) for text in found.texts]
        positions = [row + 1 for row in found.rows]
        part = Part(self._shape, records, positions, found.texts.__getitem__, len(records))
        part.passed = found.read - len(records)
        return part if self._all_records(records) else None

    def _all_records(self, records: list[Any]) -> bool:
        if self._shape.usual:
            return True
        sources = list(map(self._source, records))
        return NOTIFICATION not in sources and UNSET not in sources and UNSET not in map(self._name, records)


class Texts:
    """The JSON texts of a buffer's records, found when first asked for."""

    def __init__(self, buffer: Buffer) -> None:
        self.buffer = buffer
        span = _array_in(buffer)
        self.array = memoryview(buffer)[span] if span else None  # None if they stand line by line, or otherwise

    def __call__(self, at: int) -> bytes:
        return bytes(self.all[at])

    @cached_property
    def all(self) -> list[Raw]:
        return _values.decode_lines(self.buffer) if self.array is None else _array.decode(self.array)

    @property
    def longest(self) -> int:
        return max(map(len, map(memoryview, self.all)), default=0)  # type: ignore[arg-type]


def _array_in(buffer: Buffer) -> slice | None:
    """Where the array is that is all of the buffer, or all that its object holds under `Records`."""
    if buffer[:_BLANK].lstrip()[:1] == b"[":
        return slice(0, len(buffer))
    begin = _BEGIN.match(buffer)
    end = _END.search(buffer, max(0, len(buffer) - _BLANK)) if begin else None
    return slice(begin.end(), end.start() + 1) if begin and end else None


_array = msgspec.json.Decoder(list[Raw])
_values = msgspec.json.Decoder(Raw)
