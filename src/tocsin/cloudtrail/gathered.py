"""Records of several parts put together, so that what is done once for many is not done for each small file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from tocsin.cloudtrail import exact
from tocsin.cloudtrail.part import Part
from tocsin.cloudtrail.shape import Shape

ENOUGH = 2048  # records


class Gathered:
    """Parts of one shape. `seqs` are the records' places: file index << 32 | position in the file."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.records: list[Any] = []
        self.seqs: list[int] = []
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
        self.seqs += _shifted(part.positions, base)

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
