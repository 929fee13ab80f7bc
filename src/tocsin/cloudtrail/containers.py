"""What a JSON value is: a CloudTrail record, something that holds records, or something else.

A record is an object that has `eventName` and `eventSource`. Records come in `Records` (S3), an array, `Events` with
`CloudTrailEvent` texts (lookup-events), `logEvents` or `events` with `message` texts (CloudWatch Logs), and `detail`
(EventBridge); any of them in any other. S3's own notifications look like records, but their source is `aws:s3`.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

import msgspec
from msgspec import UNSET, Raw, UnsetType

from tocsin.cloudtrail import exact
from tocsin.cloudtrail.part import Pieces
from tocsin.cloudtrail.shape import NOTIFICATION, Shape

ARRAYS = ("Records", "Events", "events", "logEvents")  # keys of arrays in which records come
RECORD = frozenset({"eventName", "eventSource"})  # keys of a record
REFUSED = (msgspec.MsgspecError, ValueError, RecursionError)
_DEEPEST = 5  # a container in a container ...

_Field = Raw | UnsetType


class Shell(msgspec.Struct, frozen=True, gc=False):
    """The keys by which containers are known, as the JSON text of their values."""

    records: _Field = msgspec.field(name="Records", default=UNSET)
    found: _Field = msgspec.field(name="Events", default=UNSET)
    events: _Field = UNSET
    log_events: _Field = msgspec.field(name="logEvents", default=UNSET)
    detail: _Field = UNSET
    event: _Field = msgspec.field(name="CloudTrailEvent", default=UNSET)
    message: _Field = UNSET
    insight: _Field = msgspec.field(name="insightDetails", default=UNSET)
    category: _Field = msgspec.field(name="eventCategory", default=UNSET)
    digest: _Field = msgspec.field(name="digestS3Object", default=UNSET)
    digest_start: _Field = msgspec.field(name="digestStartTime", default=UNSET)


_shell = msgspec.json.Decoder(Shell)
_raws = msgspec.json.Decoder(list[Raw])
_text = msgspec.json.Decoder(str)


class Opener:
    """Takes values apart into pieces, for one shape of record."""

    def __init__(self, shape: Shape, max_record: int) -> None:
        self.shape = shape
        self.max_record = max_record
        self._record: msgspec.json.Decoder[Any] = msgspec.json.Decoder(shape.record)
        self._name: attrgetter[Any] = shape.always("eventName")
        self._source: attrgetter[Any] = shape.always("eventSource")

    def is_record(self, record: Any) -> bool:
        return self._name(record) is not UNSET and self._source(record) not in (UNSET, NOTIFICATION)

    def open(self, text: bytes, pieces: Pieces, depth: int = 0) -> None:
        """Add what a valid JSON value holds."""
        try:
            if text.startswith(b"{"):
                self._object(text, pieces, depth)
            elif text.startswith(b"[") and depth < _DEEPEST:
                self._all(_raws.decode(text), pieces, depth)
            else:
                pieces.other()
        except RecursionError:
            pieces.broken("nested too deeply")
        except (msgspec.MsgspecError, ValueError) as error:
            pieces.broken(f"invalid JSON: {reason(error)}")

    def _object(self, text: bytes, pieces: Pieces, depth: int) -> None:
        record = self._read(text)
        if self.is_record(record):
            self._keep(record, text, pieces)
            return
        shell = _shell.decode(text)
        inner = list(_inner(shell)) if depth < _DEEPEST else []
        if inner or _empty(shell):
            self._all(inner, pieces, depth)
        else:
            pieces.other(insight=_insight(shell), digest=UNSET not in (shell.digest, shell.digest_start))

    def _keep(self, record: Any, text: bytes, pieces: Pieces) -> None:
        if len(text) > self.max_record:
            pieces.broken(f"longer than {self.max_record:,} bytes")
        else:
            pieces.record(record, text)

    def _all(self, texts: list[Raw] | list[bytes], pieces: Pieces, depth: int) -> None:
        for text in texts:
            self.open(bytes(text), pieces, depth + 1)

    def _read(self, text: bytes) -> Any:
        try:
            return self._record.decode(text)
        except REFUSED:
            return exact.record(text, self.shape.record)


def reason(error: Exception) -> str:
    """An error's own words, in our form."""
    words = str(error).removeprefix("JSON is malformed: ")
    return words[:1].lower() + words[1:]


def _inner(shell: Shell) -> Iterator[bytes]:
    """The JSON texts that a container holds."""
    for many in (shell.records, shell.found, shell.events, shell.log_events):
        if many is not UNSET and bytes(many).startswith(b"["):
            yield from map(bytes, _raws.decode(many))
    if shell.detail is not UNSET and bytes(shell.detail).startswith(b"{"):
        yield bytes(shell.detail)
    for written in (shell.event, shell.message):
        if written is not UNSET and bytes(written).startswith(b'"'):
            text = _text.decode(written).strip()
            if text.startswith("{"):
                yield text.encode()


def _empty(shell: Shell) -> bool:
    return any(each is not UNSET and bytes(each)[:1] == b"[" for each in (shell.records, shell.found, shell.log_events))


def _insight(shell: Shell) -> bool:
    return shell.insight is not UNSET or (shell.category is not UNSET and bytes(shell.category) == b'"Insight"')
