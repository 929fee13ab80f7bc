"""gzip data to the bytes that it holds, member after member, and what damaged data still give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from isal import igzip_lib

from tocsin.cloudtrail.salvage import salvaged
from tocsin.cloudtrail.sniff import GZIP

BROKEN: type[Exception] = igzip_lib.error  # type: ignore[assignment]  # the stubs have an instance
READ = 1 << 20
_OUT = 8 << 20
_KEPT = 16 << 20


class Read(Protocol):
    """Gives the next bytes, at most so many; none at the end. Raises `OSError`."""

    def __call__(self, size: int, /) -> bytes: ...


Again = Callable[[], Iterator[bytes]]


class Tape:
    """Reads on what cannot be read twice, and keeps it for when it proves to be damaged, unless it is long."""

    def __init__(self, first: bytes, read: Read) -> None:
        self._read = read
        self._kept = [first]
        self._room = _KEPT - len(first)

    def __call__(self, size: int, /) -> bytes:
        block = self._read(size)
        self._room -= len(block)
        if self._room >= 0:
            self._kept.append(block)
        else:
            self._kept.clear()
        return block

    def again(self) -> Iterator[bytes]:
        """All that was read; nothing if it was too much to keep."""
        return iter(self._kept)


def gunzipped(data: bytes, read: Read, again: Again, fail: Callable[[str], None]) -> Iterator[bytes]:
    """What the members hold that begin with `data`; `again` gives the same anew. `fail` hears what is wrong."""
    given = 0
    while data.startswith(GZIP):
        member = igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_GZIP)
        while not member.eof:
            if not data and member.needs_input:
                data = read(READ)
                if not data:
                    fail("gzip data ends too early")
                    return
            try:
                block = member.decompress(data, _OUT)
            except BROKEN as error:
                fail(f"broken gzip data: {str(error).lower()}")
                yield from _past(given, salvaged(again()))
                return
            data = b""
            if block:
                given += len(block)
                yield block
        data = _padding(member.unused_data, read)
    if data:
        fail("bytes that are no gzip data follow the gzip data")


def _past(given: int, blocks: Iterator[bytes]) -> Iterator[bytes]:
    """What the fast decoder held back when it met the damage; it was not asked for less at a time."""
    for block in blocks:
        if given < len(block):
            yield block[given:]
        given = max(0, given - len(block))


def _padding(data: bytes, read: Read) -> bytes:
    """What follows a member, without zeros."""
    while True:
        rest = data.lstrip(b"\0")
        if len(rest) > 1:
            return rest
        more = read(READ)
        if not more:
            return rest
        data = rest + more
