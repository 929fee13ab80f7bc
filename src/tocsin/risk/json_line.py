"""A finding as one JSON object: the contract of `tocsin scan --format jsonl`. More keys may be added, none changed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tocsin.risk.finding import Finding, ScoredObject


def as_json(finding: Finding) -> dict[str, Any]:
    """The finding as plain values. Times are ISO 8601 in UTC, null where unknown.

    A risk object has a `message` only where that is another than the finding's.
    """
    detection = finding.detection
    return {
        "detection": {
            "name": detection.name,
            "id": detection.id,
            "version": detection.version,
            "type": detection.type,
            "search_name": detection.search_name,
        },
        "result": {name: _plain(value) for name, value in finding.result.items()},
        "risk": _risk(finding),
        "annotations": {
            "mitre_attack": [
                {"technique_id": each.technique_id, "technique": each.technique, "tactics": list(each.tactics)}
                for each in finding.techniques
            ],
            "kill_chain_phases": list(detection.kill_chain_phases),
            "nist": list(detection.nist),
            "cis20": list(detection.cis20),
            "cve": list(detection.cve),
        },
        "analytic_story": list(detection.analytic_story),
        "time": {"earliest": iso(finding.earliest), "latest": iso(finding.latest)},
        "event_count": finding.event_count,
        "events": [
            {"event_id": each.event_id, "file": each.file, "position": each.position} for each in finding.events
        ],
    }


def iso(moment: float | None) -> str | None:
    """Epoch seconds as ISO 8601 in UTC, with a fraction only if there is one.

    >>> iso(1629328650.0)
    '2021-08-18T23:17:30Z'
    """
    if moment is None:
        return None
    text = datetime.fromtimestamp(moment, UTC).isoformat()
    return text.replace("+00:00", "Z")


def _risk(finding: Finding) -> dict[str, Any]:
    return {
        "score": finding.score,
        "message": finding.message,
        "objects": [_object(each, finding.message) for each in finding.objects],
        "threat_objects": [
            {"field": each.field, "type": each.type, "value": each.value} for each in finding.threat_objects
        ],
    }


def _object(each: ScoredObject, message: str) -> dict[str, Any]:
    plain: dict[str, Any] = {"field": each.field, "type": each.type, "value": each.value, "score": each.score}
    return plain if each.message == message else {**plain, "message": each.message}


def _plain(value: str | tuple[str, ...]) -> str | list[str]:
    return value if isinstance(value, str) else list(value)
