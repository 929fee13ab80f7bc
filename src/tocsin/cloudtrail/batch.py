"""Candidate records of one want as columns, and as a table of Arrow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tocsin.cloudtrail.paths import multivalued
from tocsin.cloudtrail.request import EVENT_ID, OFFSET, RAW, SEQ, TIME

if TYPE_CHECKING:
    import pyarrow as pa

HIDDEN = (EVENT_ID, TIME, OFFSET, SEQ)
ROWS = 20_000  # rows after which a batch is handed on
BYTES = 32 << 20  # characters of raw text after which it is, too


_MANY = 2_000  # rows for which it pays to load Arrow in a worker


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


Sent = Batch | bytes


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


def pack(batch: Batch) -> Sent:
    """The batch as it goes through a pipe: few rows as they are, many as Arrow has them."""
    if batch.rows < _MANY:
        return batch
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    packed = table(batch)
    with pa.ipc.new_stream(sink, packed.schema) as writer:
        writer.write_table(packed)
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return]


def unpack(sent: Sent) -> pa.Table:
    """What `pack` was given, as a table."""
    import pyarrow as pa

    return table(sent) if isinstance(sent, Batch) else pa.ipc.open_stream(sent).read_all()


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


def empty(paths: Iterable[str] = ()) -> pa.Table:
    """A batch without rows: the hidden columns, and those of the paths."""
    import pyarrow as pa

    return pa.table({name: pa.array([], _kind(name)) for name in (*HIDDEN, *paths)})
