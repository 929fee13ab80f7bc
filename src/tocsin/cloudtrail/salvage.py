"""What a damaged gzip file still gives: everything up to the very byte that makes no sense."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

_GZIP = 31  # zlib's window bits for gzip
_PIECE = 4096


def salvaged(data: Iterator[bytes]) -> Iterator[bytes]:
    """Decompressed bytes until the data ends or breaks. Slow, and needed only where the fast decoder gave up."""
    member = zlib.decompressobj(_GZIP)
    for piece in _pieces(data):
        rest = piece
        while rest:
            before = member.copy()
            try:
                yield member.decompress(rest)
            except zlib.error:
                yield from _last(before, rest)
                return
            rest = member.unused_data.lstrip(b"\0")
            if member.eof:
                member = zlib.decompressobj(_GZIP)


def _last(member: zlib._Decompress, piece: bytes) -> Iterator[bytes]:
    """What a piece gives before it breaks: at most a few bytes of input give no output."""
    for at in range(len(piece)):
        try:
            yield member.decompress(piece[at : at + 1])
        except zlib.error:
            return


def _pieces(data: Iterator[bytes]) -> Iterator[bytes]:
    for block in data:
        for start in range(0, len(block), _PIECE):
            yield block[start : start + _PIECE]
