"""Columns of an Arrow table: which of ours they are, and what the others hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
from msgspec import Struct

from tocsin.cloudtrail.packed import all_names
from tocsin.cloudtrail.request import EVENT_ID, NAMES, OFFSET, SEQ, TIME, VALUES
from tocsin.plan.expr import Type

HIDDEN_SQL = {
    TIME: "DOUBLE",
    OFFSET: "DOUBLE",
    SEQ: "BIGINT",
    EVENT_ID: "VARCHAR",
    NAMES: "VARCHAR",
    VALUES: "VARCHAR[][]",
}


class Incoming(Struct, frozen=True):
    """A column of a batch: its place, its name, and its type; None for one of ours."""

    place: int
    name: str
    type: Type | None


def incoming(batch: pa.Table) -> Iterator[Incoming]:
    """The columns, each name once. Raises TypeError for a type that no field can have."""
    seen: set[str] = set()
    for place, field in enumerate(batch.schema):
        if field.name not in seen:
            seen.add(field.name)
            yield Incoming(place, field.name, None if field.name in HIDDEN_SQL else _type(field.type, field.name))


def _type(type: Any, name: str) -> Type:
    if pa.types.is_dictionary(type):
        return _type(type.value_type, name)
    if pa.types.is_list(type) or pa.types.is_large_list(type):
        return Type.multi
    if pa.types.is_boolean(type):
        return Type.boolean
    if pa.types.is_integer(type) or pa.types.is_floating(type):
        return Type.number
    if pa.types.is_string(type) or pa.types.is_large_string(type) or pa.types.is_null(type) or _is_view(type):
        return Type.text
    raise TypeError(f"a column of {type} cannot be a field: {name}")


def _is_view(type: Any) -> bool:
    return bool(pa.types.is_string_view(type))


def names_of(batch: pa.Table) -> tuple[str, ...]:
    """What its rows have without columns."""
    if NAMES not in batch.column_names:
        return ()
    return all_names(text for chunk in batch.column(NAMES).chunks for text in _different(chunk))


def _different(chunk: pa.Array) -> Iterable[str | None]:
    """The texts in it. A dictionary was made of these rows, so it has no others."""
    return chunk.dictionary.to_pylist() if isinstance(chunk, pa.DictionaryArray) else dict.fromkeys(chunk.to_pylist())
