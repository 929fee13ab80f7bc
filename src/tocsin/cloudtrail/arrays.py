"""Columns of Arrow made of many Python values at once: what is told of all together costs less than a look at each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from struct import pack
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

_SAMPLE = 512  # texts that tell whether a column says the same again and again
_AS_WRITTEN = len("2026-03-07T01:00:00Z")
_YEAR_1 = -62_135_596_800  # the first second that a date can have here
_STEPS = 1 << 16


def texts(values: Sequence[Any]) -> pa.Array | None:
    """A column of texts, null for None; None if there is anything else."""
    import pyarrow as pa

    try:
        return pa.array(values, pa.string())
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        return None


def few(column: Any) -> Any:
    """A column of texts with each once, if its first ones say the same again and again; anything else as it is."""
    import pyarrow as pa

    if not isinstance(column, pa.StringArray) or len(column) < _SAMPLE:
        return column
    first = column.slice(0, _SAMPLE).dictionary_encode()
    return column.dictionary_encode() if len(first.dictionary) * 4 < _SAMPLE else column


def seconds(values: Sequence[Any]) -> pa.Array | None:
    """Epoch seconds of times as CloudTrail writes them, in UTC; None if any is written in another way, or missing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    written = texts(values)
    if written is None or written.null_count:
        return None
    lengths = pc.min_max(pc.binary_length(written)).as_py()
    if set(lengths.values()) != {_AS_WRITTEN}:
        return None
    try:
        found = written.cast(pa.timestamp("s", "UTC")).cast(pa.int64())
    except pa.ArrowInvalid:
        return None
    return found.cast(pa.float64()) if pc.min(found).as_py() >= _YEAR_1 else None


def ascending(start: int, count: int) -> pa.Array:
    """`start`, `start + 1`, and so on."""
    import pyarrow as pa
    import pyarrow.compute as pc

    steps = _steps() if count <= _STEPS else pa.array(range(count), pa.int64())
    return pc.add(steps.slice(0, count), start)


def shortest(column: pa.Array) -> int:
    """The length of the shortest text in bytes; 0 if there is none."""
    import pyarrow.compute as pc

    found = pc.min(pc.binary_length(column)).as_py()
    return found or 0


def integers(values: Sequence[int]) -> pa.Array:
    import pyarrow as pa

    return pa.array(values, pa.int64())


def small(values: Sequence[int]) -> pa.Array:
    """As `integers`, of four bytes each."""
    import pyarrow as pa

    return pa.Array.from_buffers(pa.int32(), len(values), [None, pa.py_buffer(pack(f"={len(values)}i", *values))])


def zeros(count: int) -> pa.Array:
    import pyarrow as pa

    return pa.repeat(pa.scalar(0, pa.int16()), count)


@cache
def _steps() -> pa.Array:
    import pyarrow as pa

    return pa.array(range(_STEPS), pa.int64())
