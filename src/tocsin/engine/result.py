"""Rows of the engine as Splunk shows them: text, several texts, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tocsin.engine.protocol import Origin, RecordRef, Row, Value

Fetched = Sequence[Any]


def rows(batches: Iterator[Sequence[Fetched]], width: int, *, origins: bool) -> Iterator[Row]:
    """Rows of `width` values; with `origins` four more columns tell the records behind each."""
    read = _with_origin if origins else _without
    for batch in batches:
        for row in batch:
            yield read(row, width)


def _without(row: Fetched, width: int) -> Row:
    return Row(tuple(shown(each) for each in row[:width]))


def _with_origin(row: Fetched, width: int) -> Row:
    count, records, begin, end = row[width:]
    first = tuple(RecordRef(each["s"], each["e"], each["t"]) for each in records or ())
    return Row(tuple(shown(each) for each in row[:width]), Origin(count, first, begin, end))


def shown(value: str | list[str] | None) -> Value:
    """A list of one value is that value: Splunk does not tell them apart.

    >>> shown(["a"]), shown(["a", "b"]), shown([])
    ('a', ('a', 'b'), None)
    """
    if not isinstance(value, list):
        return value
    if len(value) > 1:
        return tuple(value)
    return value[0] if value else None


def batches(fetch: Callable[[int], Sequence[Fetched]], size: int) -> Iterator[Sequence[Fetched]]:
    """What `fetch` gives, so many rows at a time, until there is no more."""
    while batch := fetch(size):
        yield batch
