"""Candidate records of one want as columns, and as a table of Arrow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tocsin.cloudtrail.paths import multivalued
from tocsin.cloudtrail.request import EVENT_ID, OFFSET, RAW, SEQ, TIME

if TYPE_CHECKING:
    import pyarrow as pa

HIDDEN = (EVENT_ID, TIME, OFFSET, SEQ)
ROWS = 20_000  # rows after which a batch is handed on
BYTES = 32 << 20  # characters of raw text after which it is, too


@dataclass(slots=True)
class Batch:
    """`columns` are as long as the batch, hidden ones first."""

    rows: int = 0
    size: int = 0
    columns: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in HIDDEN})

    @property
    def full(self) -> bool:
        return self.rows >= ROWS or self.size >= BYTES

    def add(self, rows: int, columns: Mapping[str, list[Any]]) -> None:
        """Append rows; a column that either side lacks is None there."""
        for name, values in columns.items():
            held = self.columns.setdefault(name, [])
            held.extend([None] * (self.rows - len(held)))
            held.extend(values)
        self.rows += rows
        self.size += sum(map(len, columns.get(RAW, ())))


def table(batch: Batch) -> pa.Table:
    """The batch without its empty columns."""
    import pyarrow as pa

    arrays = {}
    for name, values in batch.columns.items():
        kind = _kind(name)
        values.extend([None] * (batch.rows - len(values)))
        array = pa.array(values, kind)
        if name in HIDDEN or array.null_count < batch.rows:
            arrays[name] = array
    return pa.table(arrays)


def _kind(name: str) -> pa.DataType:
    import pyarrow as pa

    match name:
        case "__tocsin_time":
            return pa.float64()
        case "__tocsin_offset":
            return pa.int16()
        case "__tocsin_seq":
            return pa.int64()
        case _:
            return pa.list_(pa.string()) if multivalued(name) else pa.string()
