"""Records of several parts put together, so that what is done once for many is not done for each small file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from tocsin.cloudtrail import arrays, exact
from tocsin.cloudtrail.part import Part
from tocsin.cloudtrail.shape import Shape

if TYPE_CHECKING:
    import pyarrow as pa

ENOUGH = 2048  # records


class Gathered:
    """Parts of one shape. No part is added once the places have been asked for."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.records: list[Any] = []
        self._places: list[Sequence[int]] = []
        self._parts: list[Part] = []
        self._starts: list[int] = []

    @property
    def enough(self) -> bool:
        return len(self.records) >= ENOUGH

    def add(self, part: Part, base: int) -> None:
        """Add a part whose first piece has the place `base + 1`."""
        self._parts.append(part)
        self._starts.append(len(self.records))
        self.records += part.records
        self._places.append(_shifted(part.positions, base))

    @cached_property
    def seqs(self) -> Sequence[int]:
        """The records' places: file index << 32 | position in the file."""
        return self._places[0] if len(self._places) == 1 else list(chain.from_iterable(self._places))

    def seq_array(self) -> pa.Array:
        """The places as a column."""
        first = self._places[0]
        whole = len(self._places) == 1 and isinstance(first, range)
        return arrays.ascending(first[0], len(first)) if whole else arrays.integers(self.seqs)

    def text(self, row: int) -> bytes:
        """The JSON text of a record."""
        at = bisect_right(self._starts, row) - 1
        return self._parts[at].text(row - self._starts[at])

    def exact(self, row: int) -> Any:
        """The record read again, its numbers as they are written."""
        return exact.record(self.text(row), self.shape.record)


def _shifted(positions: Sequence[int], base: int) -> Sequence[int]:
    if isinstance(positions, range):
        return range(base + positions.start, base + positions.stop)
    return [base + position for position in positions]
