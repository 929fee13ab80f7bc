"""Result rows to findings: scored, explained, leading back to their records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from tocsin.content.attack import techniques
from tocsin.content.detection import Detection, Risk
from tocsin.engine.protocol import Origin, RecordRef, Result, Row
from tocsin.risk.finding import EventPointer, Finding
from tocsin.risk.message import Filler
from tocsin.risk.objects import found_threats, scored_objects

Pointers = Callable[[Sequence[RecordRef]], Sequence[EventPointer]]

_NO_RISK = Risk("", ())
_NO_ORIGIN = Origin(0, (), None, None)


def findings(
    detection: Detection, result: Result, pointers: Pointers, missing: Counter[str] | None = None
) -> Iterator[Finding]:
    """A finding for each row, in order, as the rows come.

    `pointers` tells where records stand. `missing` counts, for each field that a message names, the rows that
    lack it. A row without origins (a search that makes rows of its own) has no events and no times.
    """
    risk, known = detection.risk or _NO_RISK, techniques(detection.mitre_attack)
    for row in result.rows:
        fields = _fields(result.columns, row)
        filler = Filler(fields)
        message = filler.fill(risk.message)
        objects = scored_objects(risk, fields, filler)
        origin = row.origin or _NO_ORIGIN
        if missing is not None:
            missing.update(filler.missing.keys())
        yield Finding(
            detection=detection,
            result=fields,
            score=risk.score,
            message=message,
            objects=objects,
            threat_objects=found_threats(risk, fields),
            techniques=known,
            earliest=origin.earliest,
            latest=origin.latest,
            events=tuple(pointers(origin.first)),
            event_count=origin.count,
        )


def missing_warnings(detection: Detection, missing: Counter[str]) -> list[str]:
    """One line for each field that messages name and rows lack, for the account's warnings."""
    return [
        f"{detection.name}: the risk message names `{name}`, which {count} row{'' if count == 1 else 's'} lacked"
        for name, count in sorted(missing.items())
    ]


def _fields(columns: Sequence[str], row: Row) -> dict[str, str | tuple[str, ...]]:
    return {name: value for name, value in zip(columns, row.values, strict=True) if value is not None}
