"""A finding: one result row of a detection, scored, explained, and leading back to its records."""

from __future__ import annotations

from msgspec import Struct

from tocsin.content.attack import Technique as Technique
from tocsin.content.detection import Detection

Value = str | tuple[str, ...] | None


class ScoredObject(Struct, frozen=True):
    """One risk object of a finding: a field's value. A multivalue field gives one object per value."""

    field: str
    type: str
    value: str
    score: int
    message: str


class FoundThreat(Struct, frozen=True):
    field: str
    type: str
    value: str


class EventPointer(Struct, frozen=True):
    """Where a record stands: its eventID (None if it has none), the file, the record's number in it, from 1.

    `time` is the record's, epoch seconds; None if unknown.
    """

    event_id: str | None
    file: str
    position: int
    time: float | None = None


class Finding(Struct, frozen=True):
    """`result` holds exactly what Splunk's result row would show, in its column order; missing fields are absent.

    `earliest` and `latest` are epoch seconds of the first and last record behind the row; `events` are the
    first 100 by time of `event_count`.
    """

    detection: Detection
    result: dict[str, str | tuple[str, ...]]
    score: int
    message: str
    objects: tuple[ScoredObject, ...]
    threat_objects: tuple[FoundThreat, ...]
    techniques: tuple[Technique, ...]
    earliest: float | None
    latest: float | None
    events: tuple[EventPointer, ...]
    event_count: int
