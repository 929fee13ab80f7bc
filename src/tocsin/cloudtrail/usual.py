"""Whether a buffer is of the usual make and complete, told without decoding it.

Only such a buffer may go unread when the prefilter rules it out: a file that holds no JSON, that ends too early, or
that is no log file must be noticed. Usual are S3's `{"Records":[...]}` and JSON lines; complete is what ends in a whole
record and the right brackets after it.
"""

from __future__ import annotations

import re

import msgspec

from tocsin.cloudtrail.containers import NOTIFICATION

_ENVELOPE = re.compile(rb'\s*\{\s*"Records"\s*:\s*\[\s*\{')
_END = re.compile(rb"\s*\]\s*\}\s*\Z")
_BEGIN = b'{"eventVersion"'
_TAIL = 1 << 16


class _Marks(msgspec.Struct, gc=False):
    """What tells a record."""

    name: str = msgspec.field(name="eventName")
    source: str = msgspec.field(name="eventSource")


_record = msgspec.json.Decoder(_Marks)


def is_usual(buffer: bytes) -> bool:
    """Whether the buffer is usual and complete; False if in doubt."""
    if _ENVELOPE.match(buffer):
        return _enveloped(buffer)
    return buffer[:1] == b"{" and _lines(buffer)


def head(buffer: bytes, beyond: int) -> tuple[bytes, int]:
    """The usual buffer without the records that begin after `beyond`, and how many bytes were left out.

    Where the next record begins is a guess, since a record may hold look-alikes of records; a wrong one gives a head
    whose brackets do not close, which no decoder takes.
    """
    if _ENVELOPE.match(buffer):
        at = buffer.find(b"}," + _BEGIN, beyond) + 1
        return (buffer[:at] + b"]}", len(buffer) - at) if at > 0 else (buffer, 0)
    at = buffer.find(b"\n", beyond)
    return (buffer[:at], len(buffer) - at) if at > 0 else (buffer, 0)


def _enveloped(buffer: bytes) -> bool:
    start = buffer.rfind(_BEGIN, max(0, len(buffer) - _TAIL))
    if buffer.endswith(b"}]}"):
        return start > 0 and _is_record(buffer[start:-2])
    end = _END.search(buffer, max(0, len(buffer) - 64))
    return end is not None and start > 0 and _is_record(buffer[start : end.start()])


def _lines(buffer: bytes) -> bool:
    first = buffer.find(b"\n", 0, _TAIL)
    last = buffer.rstrip()
    start = last.rfind(b"\n", max(0, len(last) - _TAIL)) + 1
    return (
        first > 0 and (start == 0) == (first >= len(last)) and _is_record(buffer[:first]) and _is_record(last[start:])
    )


def _is_record(text: bytes) -> bool:
    try:
        return _record.decode(text).source != NOTIFICATION
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return False
