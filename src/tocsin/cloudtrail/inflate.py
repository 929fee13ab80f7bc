"""The bytes of a file as they were before compression, told by content: gzip (many members), zip, or plain.

Reading raises nothing: what goes wrong is said in `Source.failure`, and what was read before it counts.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Protocol

from isal import igzip_lib

from tocsin.cloudtrail.salvage import salvaged
from tocsin.cloudtrail.sniff import GZIP, ZIP, refusal

WHOLE = 64 << 20  # a document up to this size is held whole
STDIN = "-"
BROKEN: type[Exception] = igzip_lib.error  # type: ignore[assignment]  # the stubs have an instance
_READ = 1 << 20
_LAST = 4096
_OUT = 8 << 20
FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class Read(Protocol):
    """Gives the next bytes, at most so many; none at the end. Raises `OSError`."""

    def __call__(self, size: int, /) -> bytes: ...


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
            first = os.read(fd, min(self.size + 1, _READ) if self.size else _READ)
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
        for read in archive.members():
            yield self._joined(self._capped(self._inflated(read(_READ), read)))
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
                    self.failure = f"holds more than {self.max_raw:,} bytes, of which these were read"
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
            yield held[0] if len(held) == 1 else b"".join(held)
        del held
        yield from blocks

    def _inflated(self, first: bytes, read: Read) -> Iterator[bytes]:
        """The plain bytes of one document."""
        if first.startswith(GZIP):
            yield from self._gunzipped(first, read)
            return
        refused = refusal(first)
        self.failure = refused or self.failure
        block = b"" if refused else first
        while block:
            yield block
            block = read(_READ)

    def _gunzipped(self, data: bytes, read: Read) -> Iterator[bytes]:
        while data.startswith(GZIP):
            member = igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_GZIP)
            while not member.eof:
                if not data and member.needs_input:
                    data = read(_READ)
                    if not data:
                        self.failure = "gzip data ends too early"
                        return
                try:
                    block = member.decompress(data, _OUT)
                except BROKEN as error:
                    self.failure = f"broken gzip data: {str(error).lower()}"
                    yield from self._rescued()
                    return
                data = b""
                if block:
                    yield block
            data = _padding(member.unused_data, read)
        if data:
            self.failure = "bytes that are no gzip data follow the gzip data"

    def _rescued(self) -> Iterator[bytes]:
        """What the fast decoder held back when it met the damage; it was not asked for less at a time."""
        passed = self.raw
        if not self.size or self.archive:  # it cannot be read once more
            return
        with open(self.path, "rb") as file:  # noqa: PTH123
            for block in salvaged(iter(lambda: file.read(_READ), b"")):
                if passed < len(block):
                    yield block[passed:]
                passed = max(0, passed - len(block))

    def _fail(self, error: OSError) -> None:
        self.failure = f"cannot be read: {(error.strerror or str(error)).lower()}"


def _padding(data: bytes, read: Read) -> bytes:
    """What follows a member, without zeros."""
    while True:
        rest = data.lstrip(b"\0")
        if len(rest) > 1:
            return rest
        more = read(_READ)
        if not more:
            return rest
        data = rest + more
