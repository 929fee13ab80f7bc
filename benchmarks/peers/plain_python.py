"""Plain Python: gzip, json, a loop. What one writes first."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import asked


def records(corpus: Path) -> Iterator[dict[str, Any]]:
    for path in asked.files(corpus):
        with gzip.open(path) as file:
            yield from json.load(file)["Records"]


def flagship(corpus: Path) -> asked.Rows:
    groups: dict[tuple[str, ...], list[str]] = {}
    for record in records(corpus):
        if record["eventSource"] == "ecr.amazonaws.com" and record["eventName"] == "PutImage" and late(record):
            key = keys(record)
            if None not in key:
                groups.setdefault(key, []).append(record["eventTime"][:19])
    return asked.named(asked.FLAGSHIP, ((*key, min(times), max(times)) for key, times in groups.items()))


def late(record: dict[str, Any]) -> bool:
    time = record["eventTime"]
    return not 8 <= int(time[11:13]) < 20 or date.fromisoformat(time[:10]).weekday() >= 5


def keys(record: dict[str, Any]) -> tuple[Any, ...]:
    asked_for = record.get("requestParameters") or {}
    name = record["userIdentity"].get("userName") or issuer(record)
    return (
        record["awsRegion"],
        record["eventName"],
        record["eventSource"],
        name,
        name,
        record.get("sourceIPAddress"),
        *(asked_for.get(field) for field in ("imageTag", "registryId", "repositoryName")),
        "release",
        "medium",
    )


def issuer(record: dict[str, Any]) -> str | None:
    session = record["userIdentity"].get("sessionContext") or {}
    return (session.get("sessionIssuer") or {}).get("userName")


def counts(corpus: Path) -> asked.Rows:
    found: Counter[tuple[str | None, str]] = Counter()
    seen: set[str] = set()
    for record in records(corpus):
        if record["eventID"] not in seen:
            seen.add(record["eventID"])
            found[user_name(record), record["eventName"]] += 1
    return asked.named(asked.COUNTS, ((*key, count) for key, count in found.items() if key[0] is not None))


def user_name(record: dict[str, Any]) -> str | None:
    identity, asked_for = record["userIdentity"], record.get("requestParameters") or {}
    name = identity.get("userName") or asked_for.get("sourceIdentity") or issuer(record)
    arn = identity.get("arn") or asked_for.get("roleArn")
    return name or (arn and arn.rsplit(":", 1)[-1].rsplit("/", 1)[-1])


if __name__ == "__main__":
    asked.run({"flagship": flagship, "counts": counts})
