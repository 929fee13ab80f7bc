"""Risk events: what Splunk Enterprise Security writes to its risk index, one flat event per row and risk object.

Besides the risk fields each event has the row's own fields. Those whose names are the index's or the risk
event's own get `orig_` before them, as there (`orig_time`, `orig_source`, ...). `orig_sid` and `orig_rid`, which
name a search job, do not exist here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tocsin.risk.annotations import annotation_fields
from tocsin.risk.finding import Finding, ScoredObject

_INDEX_FIELDS = frozenset((
    "_time", "_raw", "_indextime", "host", "source", "sourcetype", "index", "splunk_server", "linecount",
    "punct", "timestamp", "eventtype", "tag",
))  # fmt: skip


def risk_events(
    finding: Finding, *, now: float, earliest: float | None = None, latest: float | None = None
) -> Iterator[dict[str, Any]]:
    """One event for each risk object, in order; none for a type of detection that raises no risk.

    `now` is when the search ran, `earliest` and `latest` the window that it looked at (Splunk writes 0.000 and
    +Infinity for an open one). Values are text, lists of text, or numbers.
    """
    if not finding.detection.raises_risk:
        return
    shared = {**_shared(finding), **_window(now, earliest, latest), **annotation_fields(finding)}
    for each in finding.objects:
        event = {"_time": now, **_names(finding), **_object(each), **shared}
        event["contributing_events_search"] = _contributing(finding, each)
        yield {**event, **_row(finding.result, event)}


def _names(finding: Finding) -> dict[str, Any]:
    name = finding.detection.search_name
    return {"search_name": name, "source": name}


def _object(each: ScoredObject) -> dict[str, Any]:
    return {
        "risk_object": each.value,
        "risk_object_type": each.type,
        "normalized_risk_object": each.value,
        "risk_score": each.score,
        "risk_message": each.message,
    }


def _shared(finding: Finding) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if finding.threat_objects:
        found["threat_object"] = [each.value for each in finding.threat_objects]
        found["threat_object_type"] = [each.type for each in finding.threat_objects]
    return {**found, "analyticstories": list(finding.detection.analytic_story)}


def _window(now: float, earliest: float | None, latest: float | None) -> dict[str, Any]:
    return {
        "info_min_time": f"{earliest or 0:.3f}",
        "info_max_time": "+Infinity" if latest is None else f"{latest:.3f}",
        "info_search_time": f"{now:.3f}",
    }


def _contributing(finding: Finding, each: ScoredObject) -> str:
    name = _quoted(finding.detection.search_name)
    return f"| savedsearch {name} | search {_field(each.field)}={_quoted(each.value)}"


def _field(name: str) -> str:
    return name if all(char.isalnum() or char in "_.{}" for char in name) else _quoted(name)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _row(result: Mapping[str, str | tuple[str, ...]], event: Mapping[str, Any]) -> dict[str, Any]:
    """The row's own fields. Where two come to one name, as `source` and `orig_source` do, it has the values of both."""
    taken = _INDEX_FIELDS | event.keys()
    row: dict[str, Any] = {}
    for field, value in result.items():
        name = f"orig_{field.lstrip('_')}" if field in taken else field
        row[name] = [*_listed(row[name]), *_listed(value)] if name in row else _plain(value)
    return row


def _listed(value: str | Iterable[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _plain(value: str | tuple[str, ...]) -> str | list[str]:
    return value if isinstance(value, str) else list(value)
