"""What every peer is asked, and how it answers: one JSON object a line, in any order.

    python benchmarks/peers/PEER.py flagship|counts|delivered CORPUS

`flagship` is the analytic *AWS ECR Container Upload Outside Business Hours*; `counts` is
`stats count by userName, eventName` over every record, in which an eventID counts once however often it was delivered;
`delivered` counts each delivery. Each peer reads only the fields that it needs. Peers take it that every record has an
eventID, as it has here.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

Rows = Iterable[Mapping[str, Any]]

FLAGSHIP = (
    "awsRegion",
    "eventName",
    "eventSource",
    "user",
    "userName",
    "src_ip",
    "imageTag",
    "registryId",
    "repository",
    "phase",
    "severity",
    "firstTime",
    "lastTime",
)
COUNTS = ("userName", "eventName", "count")


def run(queries: Mapping[str, Callable[[Path], Rows]]) -> None:
    """Answer the query named by the command line."""
    name, corpus = sys.argv[1:]
    for row in queries[name](Path(corpus)):
        print(json.dumps({key: str(value) for key, value in row.items()}))


def named(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Rows:
    return (dict(zip(columns, row, strict=True)) for row in rows)


def files(corpus: Path) -> list[Path]:
    return sorted(corpus.rglob("*.json.gz"))
