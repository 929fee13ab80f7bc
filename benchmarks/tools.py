"""What is compared: tocsin and its peers, each as a command that answers a query over a corpus."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PEERS = Path(__file__).parent / "peers"
DETECTION = "AWS ECR Container Upload Outside Business Hours"
SEARCH = "search eventName=* | stats count by userName, eventName"
QUERIES = ("flagship", "counts", "delivered")
_DELIVERED = {"tocsin", "igzip_floor", "chdb_typed", "duckdb_best"}  # for the others it is but `counts` without a set
COLUMNS = {
    "flagship": (
        "awsRegion", "eventName", "eventSource", "user", "userName", "src_ip", "imageTag", "registryId",
        "repository", "phase", "severity", "firstTime", "lastTime",
    ),
    "counts": ("userName", "eventName", "count"),
    "delivered": ("userName", "eventName", "count"),
}  # fmt: skip


@dataclass(frozen=True)
class Tool:
    """`command` gives the argv for a query and a corpus; `slow` tools run fewer times; `floor` answers nothing."""

    name: str
    version: str
    command: Callable[[str, Path], list[str | Path]]
    slow: bool = False
    floor: bool = False

    def answers(self, query: str) -> bool:
        return query != "delivered" or self.name in _DELIVERED


def answer(query: str, output: str) -> list[tuple[str, ...]]:
    """The rows of an output in an order of their own, whichever tool wrote them."""
    rows = (json.loads(line) for line in output.splitlines())
    return sorted(tuple(row.get("result", row)[name] for name in COLUMNS[query]) for row in rows)


def tocsin_in(python: str) -> Tool:
    """The `tocsin` that is installed for a Python interpreter."""
    beside = Path(python).absolute().with_name("tocsin")
    program = beside if beside.exists() else Path(shutil.which("tocsin") or "tocsin")

    def command(query: str, corpus: Path) -> list[str | Path]:
        if query == "flagship":
            return [program, "scan", corpus, "--detection", DETECTION, "--format", "jsonl"]
        duplicates = ["--keep-duplicates"] if query == "delivered" else []
        return [program, "search", SEARCH, corpus, *duplicates, "--format", "jsonl"]

    return Tool("tocsin", _said([program, "--version"]), command)


def peers_in(python: str) -> list[Tool]:
    """The peers that can run here; what is missing is said on standard error."""
    found = [
        _peer(python, "igzip_floor", _igzip(python), floor=True),
        _peer(python, "chdb_typed", _module(python, "chdb")),
        _peer(python, "duckdb_best", _module(python, "duckdb")),
        _peer(python, "polars_json", _module(python, "polars")),
        _peer(python, "plain_python", f"Python {sys.version.split()[0]}", slow=True),
        _peer(python, "jq", _said(["jq", "--version"]), slow=True),
        _peer(python, "duckdb_read_json", _module(python, "duckdb"), slow=True),
    ]
    for tool in found:
        if not tool.version:
            print(f"not here, left out: {tool.name}", file=sys.stderr)
    return [tool for tool in found if tool.version]


def _peer(python: str, name: str, version: str, *, slow: bool = False, floor: bool = False) -> Tool:
    def command(query: str, corpus: Path) -> list[str | Path]:
        return [python, PEERS / f"{name}.py", query, corpus]

    return Tool(name, version, command, slow, floor)


def _igzip(python: str) -> str:
    if shutil.which("igzip"):
        return _said(["igzip", "--version"]) or "igzip"
    library = _module(python, "isal")
    return f"{library} (no igzip here: the library, from Python)" if library else ""


def _module(python: str, name: str) -> str:
    version = _said([python, "-c", f"import importlib.metadata as m, {name}; print(m.version({name!r}))"])
    return version and f"{name} {version}"


def _said(command: list[str | Path]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return (done.stdout or done.stderr).strip().splitlines()[0]
