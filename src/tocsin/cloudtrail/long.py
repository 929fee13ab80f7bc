"""Files too long to be held whole: JSON lines, or one array of records, taken apart into pieces of a few megabytes.

A piece of an array ends where a record seems to begin. That is a guess, for records may hold look-alikes of records;
but if the piece decodes as an array of its own, the guess was right, given that the piece before it was right. Anything
else, and all that follows a broken piece, goes the slow way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain

import msgspec

from tocsin.cloudtrail.containers import REFUSED
from tocsin.cloudtrail.decode import ENVELOPE, Decoder
from tocsin.cloudtrail.part import Part, ruled_out
from tocsin.cloudtrail.resync import Resync
from tocsin.cloudtrail.usual import records_in

PIECE = 8 << 20
_MOST = 2  # pieces without an end between records: then the slow way, which holds no more than one record
_ARRAY = re.compile(rb"\s*\[\s*")
_FIRST = re.compile(rb'\{\s*"(?:[^"\\]|\\.){0,100}"\s*:')
_TAIL = 1 << 20  # bytes at the end of a piece in which the next record's beginning is looked for
_value = msgspec.json.Decoder(msgspec.Raw)


class Long:
    """`absent` tells of a piece of JSON lines whether it may go unread."""

    def __init__(
        self, blocks: Iterator[bytes], decoder: Decoder, max_record: int, absent: Callable[[bytes], bool]
    ) -> None:
        self._blocks = _steps(blocks)
        self._decoder = decoder
        self._max_record = max_record
        self._absent = absent
        self._held = b""
        self._ended = False

    def parts(self) -> Iterator[Part]:
        """Everything, in order."""
        self._more()
        head = ENVELOPE.match(self._held) or _ARRAY.match(self._held)
        if head is not None:
            return self._array(head[0], self._held[head.end() :])
        return self._lines() if _begins_with_a_line(self._held) else self._rest()

    def _array(self, head: bytes, held: bytes) -> Iterator[Part]:
        first = _FIRST.match(held)
        self._held = held
        while first is not None and not self._ended:
            at = _boundary(self._held, first[0])
            if at:
                part = self._decoder.valid(b"[" + self._held[:at] + b"]")
                if part is None:
                    break
                yield part
                self._held = self._held[at:].lstrip(b", \t\r\n")
            elif len(self._held) > _MOST * PIECE:
                break
            self._more()
        self._held = head + self._held
        yield from self._rest()

    def _lines(self) -> Iterator[Part]:
        while not self._ended:
            at = self._held.rfind(b"\n") + 1
            if not at and len(self._held) > _MOST * PIECE:
                break
            piece, self._held = self._held[:at], self._held[at:]
            parts = self._piece(piece)
            if parts and parts[-1].stopped:  # perhaps what stands on the next lines belongs to it
                self._held = piece + self._held
                break
            yield from parts
            self._more()
        yield from self._rest()

    def _piece(self, lines: bytes) -> list[Part]:
        if not lines or lines.isspace():
            return []
        count = records_in(lines) if self._absent(lines) else None
        if count is not None:
            return [ruled_out(lines, self._decoder.shape, passed=count)]
        return list(self._decoder.decode(lines))

    def _rest(self) -> Iterator[Part]:
        """What is held and what may follow, whatever it is."""
        if not self._ended:
            return Resync(chain((self._held,), self._blocks), self._decoder.opener, self._max_record).parts()
        return iter(()) if self._held.isspace() or not self._held else self._decoder.decode(self._held)

    def _more(self) -> None:
        """Read on until another piece is held."""
        parts = [self._held]
        size = 0
        while size < PIECE and not self._ended:
            block = next(self._blocks, b"")
            self._ended = not block
            parts.append(block)
            size += len(block)
        self._held = b"".join(parts)


def _begins_with_a_line(text: bytes) -> bool:
    end = text.find(b"\n")
    try:
        return end > 0 and bytes(_value.decode(text[:end])).startswith(b"{")
    except REFUSED:
        return False


def _boundary(text: bytes, first: bytes) -> int:
    """The end of the last record that another seems to follow, one that begins as the first did; 0 if there is none."""
    key = re.escape(first.lstrip(b"{").strip(b" \t\r\n:"))
    next_record = re.compile(rb"\}\s*,\s*(?=\{\s*" + key + rb"\s*:)")
    for start in (max(0, len(text) - _TAIL), 0):
        found = list(next_record.finditer(text, start))
        if found:
            return found[-1].start() + 1
    return 0


def _steps(blocks: Iterator[bytes]) -> Iterator[bytes]:
    for block in blocks:
        for start in range(0, len(block), PIECE):
            yield block[start : start + PIECE]
