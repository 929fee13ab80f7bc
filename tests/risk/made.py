"""A detection, rows and findings for these tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tests.content.library import generation_text, read_well
from tocsin.content.detection import Detection
from tocsin.engine.protocol import Origin, RecordRef, Result, Row, Value
from tocsin.risk.finding import EventPointer, Finding
from tocsin.risk.score import findings

ORIGIN = Origin(3, (RecordRef(1, "e-1"), RecordRef(2, None)), 1629328650.0, 1629328660.5)


def detection(generation: str = "2024", old: str = "", new: str = "") -> Detection:
    text = generation_text(generation)
    assert old in text
    return read_well(text.replace(old, new))


def pointers(records: Sequence[RecordRef]) -> list[EventPointer]:
    return [EventPointer(each.event_id, "trail/a.json.gz", each.seq) for each in records]


def found(
    rule: Detection, *rows: dict[str, Value], origin: Origin | None = ORIGIN, missing: Counter[str] | None = None
) -> list[Finding]:
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    result = Result(columns, iter([Row(tuple(row.get(name) for name in columns), origin) for row in rows]))
    return list(findings(rule, result, pointers, missing))
