"""The risk objects and threat objects that a result row names."""

from __future__ import annotations

from tocsin.content.detection import Risk
from tocsin.risk.finding import FoundThreat, ScoredObject
from tocsin.risk.message import Fields, Filler


def values(row: Fields, field: str) -> tuple[str, ...]:
    """A field's values, each once; none for a missing field, and none that is empty: it names nobody."""
    found = row.get(field, ())
    return tuple(dict.fromkeys(value for value in ((found,) if isinstance(found, str) else found) if value))


def scored_objects(risk: Risk, row: Fields, filler: Filler) -> tuple[ScoredObject, ...]:
    """One risk object for each value of each field, in the detection's order, with its message filled."""
    return tuple(
        ScoredObject(
            each.field,
            each.type,
            value,
            each.score,
            filler.fill(risk.message if each.message is None else each.message),
        )
        for each in risk.objects
        for value in values(row, each.field)
    )


def found_threats(risk: Risk, row: Fields) -> tuple[FoundThreat, ...]:
    """One threat object for each value of each field, in the detection's order."""
    return tuple(
        FoundThreat(each.field, each.type, value) for each in risk.threat_objects for value in values(row, each.field)
    )
