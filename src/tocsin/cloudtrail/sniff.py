"""What a file is, by its first bytes."""

from __future__ import annotations

Buffer = bytes | bytearray  # a document; what was decompressed at one go is a bytearray

BOM = b"\xef\xbb\xbf"
GZIP = b"\x1f\x8b"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")

_REFUSED = (
    (b"\x28\xb5\x2f\xfd", "zstd compression is not supported"),
    (b"BZh", "bzip2 compression is not supported"),
    (b"\xfd7zXZ\x00", "xz compression is not supported"),
    (b"\x04\x22\x4d\x18", "lz4 compression is not supported"),
    (b"PAR1", "Parquet is not supported"),
    (b"\xff\xfe", "UTF-16 is not supported"),
    (b"\xfe\xff", "UTF-16 is not supported"),
    (b"{\x00", "UTF-16 is not supported"),
    (b"\x00{", "UTF-16 is not supported"),
    (b"[\x00", "UTF-16 is not supported"),
    (b"\x00[", "UTF-16 is not supported"),
)


def refusal(first: bytes) -> str | None:
    """Why bytes cannot be JSON; None if they may be."""
    for magic, reason in _REFUSED:
        if first.startswith(magic):
            return reason
    if first[257:262] == b"ustar":
        return "tar archives are not supported"
    return None
