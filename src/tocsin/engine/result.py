"""Rows of the engine as Splunk shows them: text, several texts, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tocsin.cloudtrail.packed import names_in
from tocsin.engine.protocol import Origin, RecordRef, Row, Value

Fetched = Sequence[Any]


def rows(batches: Iterator[Sequence[Fetched]], places: Sequence[int | str], *, origins: bool) -> Iterator[Row]:
    """Rows of values: those at places by number, those by name from the pack that ends a row.

    With `origins` four columns more tell the records behind each, after those with numbers.
    """
    read = Reader(places, origins=origins)
    for batch in batches:
        yield from map(read.row, batch)


class Reader:
    """Reads what a query gave, a row at a time."""

    def __init__(self, places: Sequence[int | str], *, origins: bool) -> None:
        own = [place for place in places if isinstance(place, int)]
        self._width = len(own)
        self._own = None if len(own) == len(places) else [at for at, p in enumerate(places) if isinstance(p, int)]
        self._at = {place: at for at, place in enumerate(places) if isinstance(place, str)}
        self._origins = origins
        self._empty: list[Value] = [None] * len(places)
        self._found: dict[str | None, list[tuple[int, int]]] = {}

    def row(self, row: Fetched) -> Row:
        values = tuple(map(shown, row[: self._width]))
        if self._own is not None:
            values = self._unpacked(values, *row[-2:])
        return Row(values, _origin(*row[self._width : self._width + 4]) if self._origins else None)

    def _unpacked(self, own: tuple[Value, ...], names: str | None, packed: list[list[str]] | None) -> tuple[Value, ...]:
        values = self._empty.copy()
        for at, value in zip(self._own or (), own, strict=True):
            values[at] = value
        for at, place in self._places(names):
            values[at] = shown(packed[place]) if packed else None
        return tuple(values)

    def _places(self, names: str | None) -> list[tuple[int, int]]:
        """Where each of a record's names stands in a row and in its pack."""
        if names not in self._found:
            known = enumerate(names_in(names))
            self._found[names] = [(self._at[name], place) for place, name in known if name in self._at]
        return self._found[names]


def _origin(count: int, records: Sequence[Any] | None, begin: float | None, end: float | None) -> Origin:
    return Origin(count, tuple(RecordRef(each["s"], each["e"], time=each["t"]) for each in records or ()), begin, end)


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
