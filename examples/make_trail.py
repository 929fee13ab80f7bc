"""Make `examples/trail`: one week of CloudTrail of a made-up company. The same bytes every time.

python examples/make_trail.py [FOLDER]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from made.company import PROD, Draw, Record
from made.delivery import digest, files, gzip_bytes
from made.pushes import MONDAY, PUSHES, push_records
from made.traffic import bursts

SEED = 49


def trail() -> dict[str, bytes]:
    """Path to JSON text of every file of the trail."""
    draw = Draw(SEED)
    texts = files(sorted(_deliveries(draw), key=lambda each: (each[0], each[1]["eventTime"], each[1]["eventID"])), draw)
    path, text = digest(texts, PROD, "eu-west-1", MONDAY + timedelta(hours=10), "lanternfish-logs")
    return texts | {path: text}


def _deliveries(draw: Draw) -> Iterator[tuple[datetime, Record]]:
    """Every record with the moment of its delivery: all of a burst at once, some minutes after its end."""
    for start, records in bursts(draw):
        yield from ((start + timedelta(minutes=4 + draw.number(4)), record) for record in records)
    for push in PUSHES:
        at = push.at + timedelta(minutes=2 + draw.number(6))
        for record in push_records(push, draw):
            yield at, record
            if push.twice and record["eventName"] == "PutImage":
                yield at + timedelta(minutes=10), record


def main(folder: Path) -> None:
    for path, text in trail().items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(gzip_bytes(text))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "trail")
