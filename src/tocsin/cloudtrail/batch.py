"""Candidate records of one want as columns, and as a table of Arrow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Union

from msgspec import Struct, field

from tocsin.cloudtrail.arrays import small
from tocsin.cloudtrail.columns import MANY
from tocsin.cloudtrail.paths import multivalued
from tocsin.cloudtrail.request import EVENT_ID, NAMES, OFFSET, RAW, SEQ, TIME, VALUES
from tocsin.cloudtrail.shared import Shared, encoded
from tocsin.cloudtrail.tables import joined

if TYPE_CHECKING:
    import pyarrow as pa

HIDDEN = (EVENT_ID, TIME, OFFSET, SEQ)
ROWS = 20_000  # rows after which a batch is handed on
BYTES = 32 << 20  # characters of raw text after which it is, too


class Batch(Struct):
    """`columns` are as long as `waiting`, hidden ones first; `tables` hold the rows before those."""

    rows: int = 0
    size: int = 0
    waiting: int = 0
    columns: dict[str, list[Any]] = field(default_factory=dict)
    tables: list[pa.Table] = field(default_factory=list)

    @property
    def full(self) -> bool:
        return self.rows >= ROWS or self.size >= BYTES

    def add(self, rows: int, columns: Mapping[str, Column]) -> None:
        """Append rows; a column that either side lacks is None there. Columns are `Shared` only among MANY rows."""
        self.rows += rows
        self.size += sum(map(len, columns.get(RAW, ())))  # type: ignore[arg-type]
        if rows >= MANY:  # at once, while the values are in the processor's cache
            self._settle()
            self.tables.append(_table(columns, rows))
            return
        for name, values in columns.items():
            assert isinstance(values, Sequence)
            held = self.columns.setdefault(name, [])
            held.extend([None] * (self.waiting - len(held)))
            held.extend(values)
        self.waiting += rows
        if self.waiting >= MANY:
            self._settle()

    def table(self) -> pa.Table:
        """All rows; without columns that are empty, but for the hidden ones."""
        self._settle()
        return joined(self.tables or [empty()])

    def _settle(self) -> None:
        if self.waiting:
            self.tables.append(_table(self.columns, self.waiting))
            self.waiting, self.columns = 0, {}


Column = Union[Sequence[Any], Shared, "pa.Array"]


def _table(columns: Mapping[str, Column], rows: int) -> pa.Table:
    import pyarrow as pa

    places = {id(each.places): each.places for each in columns.values() if isinstance(each, Shared)}
    known = {key: small(each) for key, each in places.items()}
    arrays = {}
    for name, values in columns.items():
        if isinstance(values, Shared):
            if values.texts.count(None) == len(values.texts):
                continue
            array = encoded(values, known[id(values.places)])
        else:
            array = _array(name, values, rows) if isinstance(values, Sequence) else values
        if name in (*HIDDEN, NAMES, VALUES) or array.null_count < rows:
            arrays[name] = array
    return pa.table(arrays)


def _array(name: str, values: Sequence[Any], rows: int) -> pa.Array:
    import pyarrow as pa

    return pa.array([*values, *[None] * (rows - len(values))] if len(values) < rows else values, _kind(name))


def _kind(name: str) -> pa.DataType:
    import pyarrow as pa

    match name:
        case "__tocsin_time":
            return pa.float64()
        case "__tocsin_offset":
            return pa.int16()
        case "__tocsin_seq":
            return pa.int64()
        case "__tocsin_names":
            return pa.dictionary(pa.int32(), pa.string())
        case "__tocsin_values":
            return pa.list_(pa.list_(pa.string()))
        case _:
            return pa.list_(pa.string()) if multivalued(name) else pa.string()


def empty(paths: Iterable[str] = ()) -> pa.Table:
    """A batch without rows: the hidden columns, and those of the paths."""
    import pyarrow as pa

    return pa.table({name: pa.array([], _kind(name)) for name in (*HIDDEN, *paths)})
