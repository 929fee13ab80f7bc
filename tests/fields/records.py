"""A record as a row of raw columns, by rules written out here once more: the scan's own code takes no part."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa

from tocsin.cloudtrail.request import EVENT_ID, OFFSET, RAW, SEQ, TIME
from tocsin.plan.expr import Type

PLACE = "place"  # a leaf that tells the rows apart
MOMENT = "2024-05-04T00:00:00Z"


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Leaf paths as Splunk spells them, with their texts, in the order of the record."""
    match value:
        case dict():
            for key, inner in value.items():
                yield from leaves(inner, f"{path}.{key}" if path else key)
        case list():
            for inner in value:
                yield from leaves(inner, path + "{}")
        case None:
            yield path, "null"
        case bool():
            yield path, str(value).lower()
        case _:
            yield path, str(value)


def types(records: Iterable[dict[str, Any]]) -> dict[str, Type]:
    """The raw columns that any of the records has."""
    return {path: Type.multi if "{}" in path else Type.text for record in records for path, _ in leaves(record)}


def table(records: Sequence[dict[str, Any]]) -> pa.Table:
    """Hidden columns, the records' texts, their places, and a column for each leaf."""
    return pa.concat_tables([_row(*each) for each in enumerate(records)], promote_options="default")


def _row(position: int, record: dict[str, Any]) -> pa.Table:
    moment = datetime.fromisoformat(record.get("eventTime", MOMENT))
    offset = moment.utcoffset()
    assert offset is not None
    columns: dict[str, pa.Array] = {
        TIME: pa.array([moment.timestamp()], pa.float64()),
        OFFSET: pa.array([int(offset.total_seconds() // 60)], pa.int16()),
        SEQ: pa.array([position], pa.int64()),
        EVENT_ID: pa.array([str(position)], pa.string()),
        RAW: pa.array([json.dumps(record, separators=(",", ":"))], pa.string()),
        PLACE: pa.array([str(position)], pa.string()),
    }
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path, text in leaves(record):
        found[path].append(text)
    for path, texts in found.items():
        several = "{}" in path
        columns[path] = pa.array([texts if several else texts[0]], pa.list_(pa.string()) if several else pa.string())
    return pa.table(columns)
