"""Batches of records as Arrow has them. Most searches are answered from these: a copy into tables costs more than that.

Only records wait, and only so many bytes: what is more goes into tables, which may be on disk.
"""

from __future__ import annotations

from collections import defaultdict

import pyarrow as pa
from msgspec import Struct, field

from tocsin.cloudtrail.tables import joined


class Waiting(Struct):
    """`most` bytes wait, about. `seen` are the tables of which every batch can be read."""

    most: int
    seen: set[str] = field(default_factory=set)
    _parts: defaultdict[str, list[pa.Table]] = field(default_factory=lambda: defaultdict(list))
    _size: int = 0

    @property
    def full(self) -> bool:
        return self._size > self.most

    @property
    def tables(self) -> tuple[str, ...]:
        return tuple(self._parts)

    def add(self, table: str, batch: pa.Table) -> None:
        self._parts[table].append(batch)
        self._size += batch.nbytes
        self.seen.discard(table)

    def whole(self, table: str) -> pa.Table | None:
        """All batches of a table as one; None if they are not alike."""
        parts = self._parts[table]
        if not _alike(parts):
            return None
        parts[:] = [joined(parts)]
        return parts[0]

    def take(self, table: str) -> list[pa.Table]:
        """All batches of a table, which wait no longer."""
        parts = self._parts.pop(table, [])
        self._size -= sum(each.nbytes for each in parts)
        self.seen.discard(table)
        return parts


def _alike(parts: list[pa.Table]) -> bool:
    """Whether each name stands once in a batch, and for the same type in all."""
    types: dict[str, pa.DataType] = {}
    columns = [each for part in parts for each in part.schema if not pa.types.is_null(each.type)]
    once = all(len(set(part.column_names)) == part.num_columns for part in parts)
    return once and all(types.setdefault(each.name, _plain(each.type)) == _plain(each.type) for each in columns)


def _plain(type: pa.DataType) -> pa.DataType:
    return type.value_type if pa.types.is_dictionary(type) else type
