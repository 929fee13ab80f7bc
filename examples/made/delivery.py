"""How CloudTrail delivers: every few minutes a gzip file per account and region, in S3's layout, and digests."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from made.company import Draw, Record
from made.pushes import MONDAY

SLOT = timedelta(minutes=5)
_HEADER = b"\x1f\x8b\x08\x00" + b"\x00" * 4 + b"\x02\xff"  # gzip, no name, no time, best compression, no system


def gzip_bytes(data: bytes) -> bytes:
    """The same bytes on every machine and day: the header says neither when nor where."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = packer.compress(data) + packer.flush()
    return _HEADER + body + zlib.crc32(data).to_bytes(4, "little") + (len(data) & 0xFFFFFFFF).to_bytes(4, "little")


def files(delivered: Iterable[tuple[datetime, Record]], draw: Draw) -> dict[str, bytes]:
    """Path to JSON text of each log file: records by account, region and the five minutes of their delivery."""
    slots: dict[tuple[str, str, datetime], list[Record]] = {}
    for at, record in delivered:
        slot = at - (at - MONDAY) % SLOT + 2 * SLOT
        slots.setdefault((record["recipientAccountId"], record["awsRegion"], slot), []).append(record)
    return {_path(*key, draw): _text({"Records": slots[key]}) for key in sorted(slots)}


def digest(paths: dict[str, bytes], account: str, region: str, hour: datetime, bucket: str) -> tuple[str, bytes]:
    """The digest file of one hour: what was delivered then, with hashes; it holds no records."""
    folder = f"AWSLogs/{account}/CloudTrail/{region}/{hour:%Y/%m/%d}/"
    stamp = f"_{hour:%Y%m%dT%H}"
    found = [(path, text) for path, text in paths.items() if path.startswith(folder) and stamp in path]
    name = (
        f"{account}_CloudTrail-Digest_{region}_books-trail_{region}_{hour + timedelta(hours=1):%Y%m%dT%H%M%SZ}.json.gz"
    )
    value = {
        "awsAccountId": account,
        "digestStartTime": f"{hour:%Y-%m-%dT%H:%M:%SZ}",
        "digestEndTime": f"{hour + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}",
        "digestS3Bucket": bucket,
        "digestS3Object": folder.replace("/CloudTrail/", "/CloudTrail-Digest/") + name,
        "digestSignatureAlgorithm": "SHA256withRSA",
        "previousDigestS3Bucket": bucket,
        "logFiles": [
            {
                "s3Bucket": bucket,
                "s3Object": path,
                "hashValue": hashlib.sha256(text).hexdigest(),
                "hashAlgorithm": "SHA-256",
            }
            for path, text in found
        ],
    }
    return value["digestS3Object"], _text(value)


def _path(account: str, region: str, slot: datetime, draw: Draw) -> str:
    letters = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    name = f"{account}_CloudTrail_{region}_{slot:%Y%m%dT%H%MZ}_{draw.word(16, letters)}.json.gz"
    return f"AWSLogs/{account}/CloudTrail/{region}/{slot:%Y/%m/%d}/{name}"


def _text(value: Record) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
