"""A buffer of JSON to its records: the usual shapes in one go, anything valid value by value, the rest mended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from operator import attrgetter
from typing import Any

import msgspec
import stringzilla as sz
from msgspec import UNSET, Raw

from tocsin.cloudtrail.containers import NOTIFICATION, REFUSED, Opener
from tocsin.cloudtrail.part import Part, Pieces
from tocsin.cloudtrail.resync import Resync
from tocsin.cloudtrail.shape import Shape

ENVELOPE = re.compile(rb'\s*\{\s*"Records"\s*:\s*\[\s*')
BOM = b"\xef\xbb\xbf"


class Decoder:
    """Decodes buffers into records of one shape."""

    def __init__(self, shape: Shape, max_record: int) -> None:
        self.shape = shape
        self.max_record = max_record
        self.opener = Opener(shape, max_record)
        records: Any = list[shape.record]  # type: ignore[name-defined]
        envelope = msgspec.defstruct("Envelope", [("records", records)], rename={"records": "Records"}, gc=False)
        self._envelope: msgspec.json.Decoder[Any] = msgspec.json.Decoder(envelope)
        self._array: msgspec.json.Decoder[Any] = msgspec.json.Decoder(records)
        self._values: msgspec.json.Decoder[Any] = msgspec.json.Decoder(shape.record)
        self._marks: attrgetter[Any] = attrgetter(shape.steps["eventName"][0][0], shape.steps["eventSource"][0][0])

    def decode(self, buffer: bytes) -> Iterator[Part]:
        """Whatever the buffer holds. It may be anything; nothing is raised."""
        buffer = buffer.removeprefix(BOM)
        part = self.valid(buffer)
        if part is None:
            yield from Resync(iter((buffer,)), self.opener, self.max_record).parts()
        else:
            yield part

    def valid(self, buffer: bytes) -> Part | None:
        """Whatever the buffer holds if it is valid JSON."""
        texts = Texts(buffer)
        return self._typed(texts) or self._opened(texts)

    def usual(self, buffer: bytes) -> Part | None:
        """The records, if the buffer is valid and holds nothing else."""
        return self._typed(Texts(buffer))

    def _typed(self, texts: Texts) -> Part | None:
        """The records, if there is nothing else."""
        try:
            records = self._records(texts)
            if texts.repeated or (len(texts.buffer) > self.max_record and texts.longest > self.max_record):
                return None
        except REFUSED:
            return None
        every = len(records)
        return Part(records, range(1, every + 1), texts, every) if self._all_records(records) else None

    def _records(self, texts: Texts) -> list[Any]:
        if texts.enveloped:
            return self._envelope.decode(texts.buffer).records  # type: ignore[no-any-return]
        if texts.listed:
            return self._array.decode(texts.buffer)  # type: ignore[no-any-return]
        return self._values.decode_lines(texts.buffer)

    def _opened(self, texts: Texts) -> Part | None:
        """Everything, value by value; None if the buffer as a whole is not valid."""
        try:
            if texts.repeated:
                return None
            values = texts.all
        except REFUSED:
            return None
        pieces = Pieces()
        for value in values:
            self.opener.open(bytes(value), pieces)
        return pieces.part

    def _all_records(self, records: list[Any]) -> bool:
        try:
            marks = set(map(self._marks, records))
        except TypeError:  # an array where a name should be
            return all(map(self.opener.is_record, records))
        return not any(name is UNSET or source is UNSET or source == NOTIFICATION for name, source in marks)


class Texts:
    """The JSON texts of a buffer's records, found when first asked for."""

    def __init__(self, buffer: bytes) -> None:
        self.buffer = buffer
        self._head = ENVELOPE.match(buffer)
        self.enveloped = self._head is not None
        self.listed = buffer[:64].lstrip()[:1] == b"["

    def __call__(self, at: int) -> bytes:
        return bytes(self.all[at])

    @cached_property
    def all(self) -> list[Raw]:
        if self.enveloped:
            return _envelope.decode(self.buffer).records
        return _array.decode(self.buffer) if self.listed else _values.decode_lines(self.buffer)

    @property
    def longest(self) -> int:
        return max(map(len, map(memoryview, self.all)), default=0)  # type: ignore[arg-type]

    @property
    def repeated(self) -> bool:
        """Whether the object has `Records` twice, of which a decoder would keep one."""
        if self._head is None or sz.find(self.buffer, b'"Records"', self._head.end()) < 0:
            return False
        at = self._head.end()
        for text in map(bytes, self.all):
            at += len(self.buffer[at : at + 256]) - len(self.buffer[at : at + 256].lstrip(b", \t\r\n"))
            if not self.buffer.startswith(text, at):
                return True
            at += len(text)
        return False


class _Envelope(msgspec.Struct):
    records: list[Raw] = msgspec.field(name="Records")


_envelope = msgspec.json.Decoder(_Envelope)
_array = msgspec.json.Decoder(list[Raw])
_values = msgspec.json.Decoder(Raw)
