"""An ordinary file at one gulp: most files are small, and there the steps of reading cost more than the bytes."""

from __future__ import annotations

import os

import deflate
import stringzilla as sz
from isal import igzip_lib

from tocsin.cloudtrail.gunzip import BROKEN
from tocsin.cloudtrail.inflate import FLAGS, WHOLE, Source
from tocsin.cloudtrail.sniff import GZIP, Buffer, refusal

_MOST = 16 << 20  # stored bytes
_MEMBER = GZIP + b"\x08"  # RFC 1952: deflate is the one method of compression
_HEAD = 512  # bytes that tell what it is
_SIZE = 4  # bytes in which a member ends, that tell its size before compression


def whole(source: Source) -> Buffer | None:
    """The plain bytes of a file that is JSON or one gzip member, and all there; counted in the source.

    None for anything else and anything wrong: then nothing is counted, and `source.documents` reads it anew.
    """
    size = source.size
    stored = _stored(source.path, size) if 0 < size <= _MOST else None
    if stored is None or len(stored) != size:
        return None
    most = min(WHOLE - 1, source.max_raw)
    plain = _gunzipped(stored, most) if stored.startswith(GZIP) else stored
    if plain is None or len(plain) > most or not _is_json(plain):
        return None
    source.stored, source.raw = size, len(plain)
    return plain


def _stored(path: str, size: int) -> bytes | None:
    try:
        file = os.open(path, FLAGS)
    except OSError:
        return None
    try:
        return os.read(file, size + 1)
    except OSError:
        return None
    finally:
        os.close(file)


def _is_json(plain: Buffer) -> bool:
    """Whether it looks like it."""
    return plain[:2] == b'{"' or (plain[:1] in (b"{", b"[") and refusal(bytes(plain[:_HEAD])) is None)


def _gunzipped(data: bytes, most: int) -> Buffer | None:
    """The plain bytes if the file is one member; those of another kind are left to a decoder that streams.

    libdeflate takes less time than ISA-L, for small files above all, but stops in silence where the first member ends.
    A second member begins with `_MEMBER`, which is looked for; other bytes after the first would end in its size only
    by intent, and hold no records.
    """
    size = int.from_bytes(data[-_SIZE:], "little")
    if not 0 < size <= most or sz.find(data, _MEMBER, len(_MEMBER)) >= 0:
        return _streamed(data, most)
    try:
        plain = deflate.gzip_decompress(data, size)
    except deflate.DeflateError:
        return None
    return plain if len(plain) == size else None


def _streamed(data: bytes, most: int) -> bytes | None:
    member = igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_GZIP)
    try:
        plain = member.decompress(data, most + 1)
    except BROKEN:
        return None
    return plain if member.eof and not member.unused_data else None
