"""Whether a buffer is of the usual make and complete, told without decoding it.

Only such a buffer may go unread when the prefilter rules it out: a file that holds no JSON, that ends too early, or
that is no log file must be noticed. Usual are S3's `{"Records":[...]}` and JSON lines; complete is what ends in a whole
record and the right brackets after it.
"""

from __future__ import annotations

import re

import msgspec
import stringzilla as sz
from msgspec import Struct

from tocsin.cloudtrail.shape import NOTIFICATION
from tocsin.cloudtrail.sniff import Buffer

_ENVELOPE = re.compile(rb'\s*\{\s*"Records"\s*:\s*\[\s*\{')
_END = re.compile(rb"\s*\]\s*\}\s*\Z")
_BEGIN = b'{"eventVersion"'
_OBJECT = b'\n{"'
_KEYS = (b'"eventName"', b'"eventSource"')
_SEVERAL = (b"}{", b'"Records"')
_TAIL = 1 << 16
_BLANK = 64  # bytes in which the end is looked for


class Marks(msgspec.Struct, gc=False):
    """What tells a record."""

    name: str = msgspec.field(name="eventName")
    source: str = msgspec.field(name="eventSource")


_record = msgspec.json.Decoder(Marks)


class Inside(Struct, frozen=True):
    """The part of a usual buffer in which records stand: between brackets, or line by line.

    Where a record ends is exact for lines as long as they hold one record each, and else a guess: a record may hold
    look-alikes of records.
    """

    buffer: Buffer
    start: int
    end: int
    lines: bool

    def begin(self, least: int, place: int) -> int:
        """Where the record seems to begin that holds the place; `least` if no later one seems to."""
        at = self.buffer.rfind(self._between, least, place)
        return least if at < 0 else at + self._end + 1

    def next(self, place: int) -> int:
        """Where the record seems to end that holds the place."""
        at = self.buffer.find(self._between, place, self.end)
        return self.end if at < 0 else at + self._end

    @property
    def _between(self) -> bytes:
        return b"\n" if self.lines else b"}," + _BEGIN

    @property
    def _end(self) -> int:
        """Bytes of the record before, in what stands between two."""
        return 0 if self.lines else 1


def inside(buffer: Buffer) -> Inside | None:
    """None if the buffer is not usual."""
    begin = _ENVELOPE.match(buffer)
    if begin is None:
        return Inside(buffer, 0, len(buffer) - buffer.endswith(b"\n"), lines=True)
    end = _END.search(buffer, max(0, len(buffer) - _BLANK))
    return Inside(buffer, begin.end() - 1, end.start(), lines=False) if end else None


def is_usual(buffer: Buffer) -> bool:
    """Whether the buffer is usual and complete; False if in doubt."""
    if _ENVELOPE.match(buffer):
        return _enveloped(buffer)
    return buffer[:1] == b"{" and _lines(buffer)


def _enveloped(buffer: Buffer) -> bool:
    start = buffer.rfind(_BEGIN, max(0, len(buffer) - _TAIL))
    if buffer.endswith(b"}]}"):
        return start > 0 and _is_record(buffer[start:-2])
    end = _END.search(buffer, max(0, len(buffer) - _BLANK))
    return end is not None and start > 0 and _is_record(buffer[start : end.start()])


def _lines(buffer: Buffer) -> bool:
    first = buffer.find(b"\n", 0, _TAIL)
    last = buffer.rstrip()
    start = last.rfind(b"\n", max(0, len(last) - _TAIL)) + 1
    return (
        first > 0 and (start == 0) == (first >= len(last)) and _is_record(buffer[:first]) and _is_record(last[start:])
    )


def records_in(lines: Buffer) -> int | None:
    """How many records whole lines hold, one after another; None if they hold anything else.

    The decoder tells, unless every line begins an object, there are as many names and sources as lines, and nothing
    that could hold or follow a record on its line: then each is one, and counting is several times as fast.
    """
    count: int = sz.count(lines, b"\n")
    if _counted(lines, count):
        return count
    try:
        return len(_record.decode_lines(lines))
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def _counted(lines: Buffer, count: int) -> bool:
    begin = lines.startswith(_OBJECT[1:]) and sz.count(lines, _OBJECT) == count - 1
    return (
        begin
        and all(sz.count(lines, text) == count for text in _KEYS)
        and all(sz.find(lines, text) < 0 for text in _SEVERAL)
    )


def _is_record(text: Buffer) -> bool:
    try:
        return _record.decode(text).source != NOTIFICATION
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return False
