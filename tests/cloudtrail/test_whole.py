"""A file at one gulp: the fast decoder stops in silence where the first gzip member ends, so it is watched."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cloudtrail.scanning import record, text, write
from tocsin.cloudtrail.inflate import Source
from tocsin.cloudtrail.whole import whole

PLAIN = text(record(1), record(2)).encode()
PACKED = gzip.compress(PLAIN, mtime=0)
TRAILER = 8

ONE = {
    "gzip": PACKED,
    "with a name": PACKED[:3] + b"\x08" + PACKED[4:10] + b"a.json\0" + PACKED[10:],
    "a name like a member's beginning": PACKED[:3] + b"\x08" + PACKED[4:10] + b"\x1f\x8b\x08\0" + PACKED[10:],
    "stored, not compressed": gzip.compress(PLAIN, compresslevel=0, mtime=0),
}
OTHER = {
    "twice the same member": PACKED + PACKED,
    "two members of one size": PACKED + gzip.compress(PLAIN[::-1], mtime=0),
    "a member in the padding": PACKED + bytes(20) + PACKED,
    "an empty member at the end": PACKED + gzip.compress(b"", mtime=0),
    "padding": PACKED + bytes(512),
    "other bytes at the end": PACKED + b"no gzip data",
    "cut": PACKED[:-1],
    "without the trailer": PACKED[:-TRAILER],
    "another checksum": PACKED[:-TRAILER] + b"abcd" + PACKED[-4:],
    "a size too small": PACKED[:-4] + (len(PLAIN) - 1).to_bytes(4, "little"),
    "a size too large": PACKED[:-4] + (len(PLAIN) + 1).to_bytes(4, "little"),
    "a gigantic size": PACKED[:-4] + b"\xff\xff\xff\xff",
}


@pytest.mark.parametrize("data", ONE.values(), ids=ONE)
def test_one_member_is_read(tmp_path: Path, data: bytes) -> None:
    assert read(tmp_path, data) == PLAIN


@pytest.mark.parametrize("data", OTHER.values(), ids=OTHER)
def test_anything_else_is_left_to_the_slow_way(tmp_path: Path, data: bytes) -> None:
    assert read(tmp_path, data) is None


@pytest.mark.parametrize("plain", [b"", b"\xef\xbb\xbf{}", "{}".encode("utf-16-le"), PACKED, b"hello"])
def test_what_does_not_look_like_json_is_left_too(tmp_path: Path, plain: bytes) -> None:
    assert read(tmp_path, gzip.compress(plain, mtime=0)) is None


def test_no_more_is_unpacked_than_may_be(tmp_path: Path) -> None:
    assert read(tmp_path, PACKED, max_raw=len(PLAIN)) == PLAIN
    assert read(tmp_path, PACKED, max_raw=len(PLAIN) - 1) is None


@pytest.mark.property
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    parts=st.lists(st.binary(max_size=40).map(b"{".__add__), min_size=1, max_size=3),
    damage=st.sampled_from(
        [lambda data, _: data, lambda data, at: data[:at], lambda data, at: data[:at] + b"\1" + data[at + 1 :]]
    ),
    at=st.integers(0, 200),
)
def test_it_never_says_another_thing_than_zlib(
    tmp_path: Path, parts: list[bytes], damage: Callable[[bytes, int], bytes], at: int
) -> None:
    data = damage(b"".join(gzip.compress(part, mtime=0) for part in parts), at)
    found = read(tmp_path, data) if data.startswith(b"\x1f\x8b") else None
    assert found is None or found == _all_members(data)


def read(folder: Path, data: bytes, max_raw: int = 1 << 20) -> bytes | bytearray | None:
    source = Source(str(write(folder / "file.gz", data)), len(data), max_raw)
    plain = whole(source)
    assert (source.stored, source.raw) == ((0, 0) if plain is None else (len(data), len(plain)))
    return plain


def _all_members(data: bytes) -> bytes:
    found = b""
    while data:
        member = zlib.decompressobj(wbits=31)
        found += member.decompress(data)
        assert member.eof
        data = member.unused_data
    return found
