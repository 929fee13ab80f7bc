"""What one buffer of JSON holds: its records, and what in it is no record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct, field

from tocsin.cloudtrail.shape import Shape
from tocsin.cloudtrail.sniff import Buffer


class Part(Struct):
    """Records of one shape.

    `positions` are the places of the records among all pieces of the part, from 1; `text` gives a record's JSON.
    `other` are objects that are no CloudTrail records, among them `insights` and `digests`. `broken` are pieces that
    should have been records. `stopped` tells why the JSON was not read to its end; None if it was. `skipped` counts
    bytes that were ruled out unread, `passed` the records in them if more come after.
    """

    shape: Shape
    records: list[Any]
    positions: Sequence[int]
    text: Callable[[int], bytes]
    pieces: int
    other: int = 0
    insights: int = 0
    digests: int = 0
    broken: list[tuple[int, str]] = field(default_factory=list)
    stopped: str | None = None
    skipped: int = 0
    passed: int = 0


def ruled_out(buffer: Buffer, shape: Shape, *, passed: int = 0) -> Part:
    """A buffer that went unread."""
    return Part(shape, [], (), bytes, 0, skipped=len(buffer), passed=passed)


class Pieces:
    """A part put together piece by piece."""

    def __init__(self, shape: Shape) -> None:
        self.texts: list[bytes] = []
        self.part = Part(shape, [], [], self.texts.__getitem__, 0)
        self._positions: list[int] = []
        self.part.positions = self._positions

    def record(self, record: Any, text: bytes) -> None:
        self.part.pieces += 1
        self.part.records.append(record)
        self._positions.append(self.part.pieces)
        self.texts.append(text)

    def other(self, *, insight: bool = False, digest: bool = False) -> None:
        self.part.pieces += 1
        self.part.other += 1
        self.part.insights += insight
        self.part.digests += digest

    def broken(self, reason: str) -> None:
        self.part.pieces += 1
        self.part.broken.append((self.part.pieces, reason))
