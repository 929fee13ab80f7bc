"""When the records of a buffer happened: read one by one, or all at once where all are written as CloudTrail does."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from math import inf
from typing import TYPE_CHECKING, Any

from tocsin.cloudtrail import arrays
from tocsin.cloudtrail.columns import taken
from tocsin.cloudtrail.eventtime import Times
from tocsin.cloudtrail.request import OFFSET, TIME

if TYPE_CHECKING:
    import pyarrow as pa


class Moments:
    """Of the texts of `eventTime`, one a record. `at_once` loads Arrow, which pays for thousands of records."""

    def __init__(self, texts: Sequence[Any], times: Times, *, at_once: bool) -> None:
        self.texts = texts
        self._times = times
        self._column: pa.Array | None = arrays.seconds(texts) if at_once else None

    @cached_property
    def _seconds(self) -> list[float | None]:
        return self._times.seconds(self.texts) if self._column is None else self._column.to_pylist()

    @cached_property
    def missing(self) -> list[int]:
        """The rows without a time."""
        if self._column is not None or None not in self._seconds:
            return []
        return [row for row, time in enumerate(self._seconds) if time is None]

    def within(self, earliest: float | None, latest: float | None) -> Sequence[int]:
        """The rows with earliest <= time < latest, None for open; ascending."""
        if earliest is None and latest is None and not self.missing:
            return range(len(self.texts))
        low = -inf if earliest is None else earliest
        high = inf if latest is None else latest
        return [row for row, time in enumerate(self._seconds) if time is not None and low <= time < high]

    def hidden(self, rows: Sequence[int]) -> dict[str, Any]:
        """The columns TIME and OFFSET of rows that have a time."""
        if self._column is not None and len(rows) == len(self.texts):
            return {TIME: self._column, OFFSET: arrays.zeros(len(rows))}
        seconds = taken(self._seconds, rows)
        return {TIME: seconds, OFFSET: self._times.offsets(taken(self.texts, rows))}


class Dated(Moments):
    """Of so many records that have a time each, and nobody asks which."""

    def __init__(self, count: int, times: Times) -> None:
        super().__init__((), times, at_once=False)
        self._every = range(count)

    def within(self, earliest: float | None, latest: float | None) -> Sequence[int]:
        assert earliest is None
        assert latest is None
        return self._every
