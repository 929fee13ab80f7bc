"""The bytes of a file as they were before compression, told by content: gzip (many members), zip, or plain.

Reading raises nothing: what goes wrong is said in `Source.failure`, and what was read before it counts.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from tocsin.cloudtrail.gunzip import READ, Read, Tape, gunzipped
from tocsin.cloudtrail.sniff import BOM, GZIP, ZIP, refusal

WHOLE = 64 << 20  # a document up to this size is held whole
STDIN = "-"
_LAST = 4096
FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class Source:
    """One file being read: `stored` bytes of it so far, `raw` bytes after decompression."""

    def __init__(self, path: str, size: int, max_raw: int) -> None:
        self.path = path
        self.size = size
        self.max_raw = max_raw
        self.stored = 0
        self.raw = 0
        self.failure: str | None = None
        self.archive = False  # it holds several documents, whose records are numbered through

    def documents(self) -> Iterator[Iterator[bytes]]:
        """Each document of the file, as blocks: one, or the members of a zip archive."""
        try:
            fd = os.dup(0) if self.path == STDIN else os.open(self.path, FLAGS)
        except OSError as error:
            self._fail(error)
            return
        try:
            first = self._first(fd)
            if first.startswith(ZIP):
                yield from self._unzipped()
            elif first:
                yield self._blocks(first, fd)
            elif self.failure is None:
                self.failure = "empty"
        finally:
            os.close(fd)

    def _first(self, fd: int) -> bytes:
        try:
            first = os.read(fd, min(self.size + 1, READ) if self.size else READ)
        except OSError as error:
            self._fail(error)
            return b""
        self.stored = len(first)
        return first

    def _unzipped(self) -> Iterator[Iterator[bytes]]:
        from tocsin.cloudtrail.unzip import Archive  # few need it, and it takes time to import

        archive = Archive(self.path)
        self.stored = max(self.size, self.stored)
        self.archive = True
        for name, read in archive.members():
            known = self.failure
            yield self._joined(self._capped(self._inflated(read(READ), read)))
            if self.failure != known:
                self.failure = f"member {name!r}: {self.failure}"
        self.failure = self.failure or archive.failure

    def _blocks(self, first: bytes, fd: int) -> Iterator[bytes]:
        def read(size: int) -> bytes:
            if self.size and self.stored >= self.size:
                size = _LAST  # no room is made for what will hardly come
            block = os.read(fd, size)
            self.stored += len(block)
            return block

        return self._joined(self._capped(self._inflated(first, read)))

    def _capped(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        try:
            for block in blocks:
                room = self.max_raw - self.raw
                self.raw += min(len(block), room)
                yield block if len(block) <= room else block[:room]
                if len(block) > room:
                    self.failure = _too_long(self.max_raw)
                    return
        except OSError as error:
            self._fail(error)

    def _joined(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        """The first block is the whole document, or at least `WHOLE` bytes of it."""
        held: list[bytes] = []
        size = 0
        for block in blocks:
            held.append(block)
            size += len(block)
            if size >= WHOLE:
                break
        if held:
            yield (held[0] if len(held) == 1 else b"".join(held)).removeprefix(BOM)
        del held
        yield from blocks

    def _inflated(self, first: bytes, read: Read) -> Iterator[bytes]:
        """The plain bytes of one document."""
        blocks = self._gunzipped(first, read) if first.startswith(GZIP) else _read_on(first, read)
        start = next(blocks, b"")
        if start.startswith(GZIP):  # Firehose packs what CloudWatch Logs have packed
            tape = Tape(start, self._bounded(blocks, self.max_raw - len(start)))
            blocks = gunzipped(start, tape, tape.again, self._say)
            start = next(blocks, b"")
        if reason := refusal(start):
            self.failure = reason
        elif start:
            yield start
            yield from blocks

    def _gunzipped(self, first: bytes, read: Read) -> Iterator[bytes]:
        if self.size and not self.archive:
            return gunzipped(first, read, self._again, self._say)
        tape = Tape(first, read)
        return gunzipped(first, tape, tape.again, self._say)

    def _again(self) -> Iterator[bytes]:
        with open(self.path, "rb") as file:  # noqa: PTH123
            yield from iter(lambda: file.read(READ), b"")

    def _bounded(self, blocks: Iterator[bytes], left: int) -> Read:
        """Reads what was packed twice, which may be long and hold nothing."""

        def read(_: int, /) -> bytes:
            nonlocal left
            block = next(blocks, b"")
            left -= len(block)
            if left < 0:
                self._say(_too_long(self.max_raw))
            return block if left >= 0 else b""

        return read

    def _say(self, failure: str) -> None:
        self.failure = self.failure or failure

    def _fail(self, error: OSError) -> None:
        self.failure = f"cannot be read: {(error.strerror or str(error)).lower()}"


def _read_on(first: bytes, read: Read) -> Iterator[bytes]:
    while first:
        yield first
        first = read(READ)


def _too_long(most: int) -> str:
    return f"holds more than {most:,} bytes, of which these were read"
