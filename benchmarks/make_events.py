"""Make a corpus of CloudTrail of any size, quickly, from a seed.

    python benchmarks/make_events.py FOLDER --mb 1000 --layout large

`--mb` is the size of the JSON before compression. Layout `large` puts about 5 MB of JSON in a file, `small` about
20 KB, which is what CloudTrail delivers for most accounts. Records are 0.9 to 2 KB; one in 20,000 is a PutImage. The
same arguments give the same JSON on every machine. Beside the folder, FOLDER.manifest.json says what was made.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from event_templates import ACCOUNTS, EVENTS, HEAD, PUT_IMAGE, REGIONS, TAIL, Event, agent, caller

ONE_IN = 20_000  # records for each PutImage
FILE_BYTES = {"large": 5_000_000, "small": 20_000}
START = datetime(2026, 3, 2, tzinfo=UTC)
WEEK = 7 * 86400


@dataclass(frozen=True)
class Made:
    """What one file, or a whole corpus, holds."""

    files: int = 0
    records: int = 0
    put_image: int = 0
    raw_bytes: int = 0
    gz_bytes: int = 0

    def __add__(self, other: Made) -> Made:
        return Made(
            *(mine + theirs for mine, theirs in zip(asdict(self).values(), asdict(other).values(), strict=True))
        )


def file_text(seed: int, number: int, size: int, one_in: int) -> tuple[str, str, int, int]:
    """Path in the corpus, JSON text, records and pushes of one file."""
    rng = random.Random(f"{seed}:{number}")
    account, region = rng.choice(ACCOUNTS), rng.choice(REGIONS)
    delivered = START + timedelta(seconds=rng.randrange(WEEK))
    records: list[str] = []
    length = pushes = 0
    while length < size:
        who = (caller(account, rng), f"10.{rng.randrange(256)}.{rng.randrange(256)}.7", agent(rng))
        events, left = EVENTS[rng.randrange(len(EVENTS))], rng.randrange(1, 16)
        while left and length < size:
            left -= 1
            push = rng.random() * one_in < 1
            event = PUT_IMAGE[rng.randrange(len(PUT_IMAGE))] if push else events[rng.randrange(len(events))]
            at = delivered - timedelta(seconds=60 + rng.randrange(600))
            records.append(_record(event, who, f"{at:%Y-%m-%dT%H:%M:%SZ}", (account, region), rng))
            length += len(records[-1]) + 1
            pushes += push
    name = f"{account}_CloudTrail_{region}_{delivered:%Y%m%dT%H%MZ}_{number:016d}.json.gz"
    path = f"AWSLogs/{account}/CloudTrail/{region}/{delivered:%Y/%m/%d}/{name}"
    return path, '{"Records":[' + ",".join(records) + "]}", len(records), pushes


def _record(event: Event, who: tuple[str, str, str], at: str, where: tuple[str, str], rng: random.Random) -> str:
    bits = f"{rng.getrandbits(256):064x}"
    request = f"{bits[:8]}-{bits[8:12]}-4{bits[13:16]}-a{bits[17:20]}-{bits[20:32]}"
    event_id = f"{bits[32:40]}-{bits[40:44]}-4{bits[45:48]}-b{bits[49:52]}-{bits[52:]}"
    identity, address, agent = who
    if event.internal:
        address = agent = "AWS Internal"
    account, region = where
    head = HEAD % (identity, at, event.source, event.name, region, address, agent)
    body = event.body % tuple([slot(rng) for slot in event.slots])
    return head + body + TAIL % (request, event_id, event.kind, account, event.source, region)


def write_file(job: tuple[Path, int, int, int, int]) -> Made:
    folder, seed, number, size, one_in = job
    path, text, records, pushes = file_text(seed, number, size, one_in)
    raw = text.encode()
    packer = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    packed = packer.compress(raw) + packer.flush()
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(packed)
    return Made(1, records, pushes, len(raw), len(packed))


def make(
    folder: Path, mb: int, layout: str, seed: int = 1, one_in: int = ONE_IN, said: Callable[[str], object] = print
) -> Made:
    """Write the corpus and its manifest; a folder with a manifest of the same arguments is left as it is."""
    manifest = folder.with_name(folder.name + ".manifest.json")
    asked = {"mb": mb, "layout": layout, "seed": seed, "one_in": one_in}
    if manifest.exists() and (kept := json.loads(manifest.read_text()))["asked"] == asked:
        return Made(**kept["made"])
    if folder.exists() and any(folder.iterdir()):
        raise SystemExit(f"{folder} is not empty and was not made with these arguments")
    size = FILE_BYTES[layout]
    jobs = [(folder, seed, number, size, one_in) for number in range(max(1, round(mb * 1_000_000 / size)))]
    with multiprocessing.Pool() as pool:
        made = sum(pool.imap_unordered(write_file, jobs, chunksize=8 if layout == "large" else 256), Made())
    manifest.write_text(json.dumps({"asked": asked, "made": asdict(made)}, indent=2) + "\n")
    said(f"{folder}: {made}, packed {made.raw_bytes / made.gz_bytes:.1f} times")
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mb", type=int, default=100)
    parser.add_argument("--layout", choices=sorted(FILE_BYTES), default="large")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--one-in", type=int, default=ONE_IN, help="records for each PutImage")
    asked = parser.parse_args()
    make(asked.folder, asked.mb, asked.layout, asked.seed, asked.one_in)


if __name__ == "__main__":
    main()
