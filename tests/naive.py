"""The flagship analytic in plain loops, written from the semantics alone: no code of the product is used here.

It serves as the second opinion: whatever it and the product answer differently is a bug in one of them.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

BY = (
    "awsRegion",
    "eventName",
    "eventSource",
    "user",
    "userName",
    "src_ip",
    "imageTag",
    "registryId",
    "repository",
    "phase",
    "severity",
)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d+)?([Zz]?|[+-]\d\d:?\d\d)")

Fields = dict[str, list[str]]


@dataclass
class Answer:
    """Rows as Splunk shows them, in its order, and how many records went where."""

    rows: list[dict[str, str]] = field(default_factory=list)
    records: list[list[int]] = field(default_factory=list)  # per row: the records behind it, by their place
    matched: int = 0
    duplicates: int = 0
    dropped: int = 0
    lacking: dict[str, int] = field(default_factory=dict)
    unreadable: int = 0


def naive_flagship(records: Iterable[dict[str, Any]]) -> Answer:
    """Search, rename, group; records come in their order of arrival. Times are shown in UTC."""
    answer = Answer()
    events: list[tuple[int, float, Fields]] = []
    seen: set[str] = set()
    for place, record in enumerate(records):
        time = TIME.fullmatch(str(record.get("eventTime")))
        if time is None:
            answer.unreadable += 1
            continue
        fields = leaves(record)
        if not matches(fields, time):
            continue
        event_id = record.get("eventID")
        if event_id is not None and event_id in seen:
            answer.duplicates += 1
            continue
        seen.add(str(event_id))
        answer.matched += 1
        events.append((place, epoch(time), with_add_on_fields(fields)))
    rename(events)
    group(events, answer)
    return answer


def leaves(value: Any, name: str = "") -> Fields:
    """Every leaf under its dotted name; arrays add `{}`; null is a text; empty arrays and objects are nothing."""
    found: Fields = {}
    if isinstance(value, dict):
        for key, inner in value.items():
            for path, texts in leaves(inner, f"{name}.{key}" if name else key).items():
                found.setdefault(path, []).extend(texts)
    elif isinstance(value, list):
        for inner in value:
            for path, texts in leaves(inner, name + "{}").items():
                found.setdefault(path, []).extend(texts)
    else:
        found[name] = [value if isinstance(value, str) else json.dumps(value)]
    return found


def matches(fields: Fields, time: re.Match[str]) -> bool:
    """The base search: AND of two equalities, in any case, with one OR over the clock in the event's own text."""
    hour = int(time[2][:2])
    weekday = datetime.fromisoformat(time[1]).weekday()
    return (
        any(text.lower() == "ecr.amazonaws.com" for text in fields.get("eventSource", []))
        and any(text.lower() == "putimage" for text in fields.get("eventName", []))
        and (hour >= 20 or hour < 8 or weekday >= 5)
    )


def epoch(time: re.Match[str]) -> float:
    zone = "+00:00" if time[4] in ("", "Z", "z") else time[4]
    whole = datetime.fromisoformat(f"{time[1]}T{time[2]}{zone}")
    return (whole - EPOCH).total_seconds() + float((time[3] or "0")[:7])  # to the microsecond: more would round up


def with_add_on_fields(fields: Fields) -> Fields:
    """`user`, `userName` and `src_ip` as the AWS add-on makes them for this event."""
    added = dict(fields)
    name = fields.get("userIdentity.userName")
    issuer = fields.get("userIdentity.sessionContext.sessionIssuer.userName")
    event = fields["eventName"][0]
    falls_back = fields.get("eventType") == ["AwsConsoleSignIn"] or event.startswith("Put")
    user = name or (issuer if falls_back else None)
    user_name = name or fields.get("requestParameters.sourceIdentity") or issuer or tail(fields)
    for key, value in (("user", user), ("userName", user_name), ("src_ip", fields.get("sourceIPAddress"))):
        added.pop(key, None)
        if value is not None:
            added[key] = value
    return added


def tail(fields: Fields) -> list[str] | None:
    arn = fields.get("userIdentity.arn") or fields.get("requestParameters.roleArn")
    return arn and [arn[0].rsplit(":", 1)[-1].rsplit("/", 1)[-1]]


def rename(events: list[tuple[int, float, Fields]]) -> None:
    """`rename requestParameters.* as *`, then `rename repositoryName AS repository`, then the two constants.

    A field that some event has is renamed in all of them: those that lack it lose the target.
    """
    prefix = "requestParameters."
    stems = {path.removeprefix(prefix) for *_, fields in events for path in fields if path.startswith(prefix)}
    for *_, fields in events:
        values = {stem: fields.pop(prefix + stem, None) for stem in stems}
        values["repository"] = values.get("repositoryName", fields.get("repositoryName"))
        for name, value in values.items():
            fields.pop(name, None)
            if value is not None:
                fields[name] = value
        fields["phase"], fields["severity"] = ["release"], ["medium"]


def group(events: list[tuple[int, float, Fields]], answer: Answer) -> None:
    groups: dict[tuple[str, ...], list[tuple[float, int]]] = {}
    for place, time, fields in events:
        lacking = [name for name in BY if name not in fields]
        for name in lacking:
            answer.lacking[name] = answer.lacking.get(name, 0) + 1
        answer.dropped += bool(lacking)
        if not lacking:
            for key in itertools.product(*(fields[name] for name in BY)):
                groups.setdefault(key, []).append((time, place))
    for key in sorted(groups, key=lambda texts: [rank(text) for text in texts]):
        times = [time for time, _ in groups[key]]
        shown = {"firstTime": clock(min(times)), "lastTime": clock(max(times))}
        answer.rows.append(dict(zip(BY, key, strict=True)) | shown)
        answer.records.append(sorted(place for _, place in groups[key]))


def rank(text: str) -> tuple[int, float, str]:
    """Numbers first, by value; then texts."""
    number = re.fullmatch(r"-?\d+(\.\d+)?", text)
    return (0, float(text), "") if number else (1, 0.0, text)


def clock(seconds: float) -> str:
    return (EPOCH + timedelta(seconds=seconds // 1)).strftime("%Y-%m-%dT%H:%M:%S")
