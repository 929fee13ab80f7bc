"""Compare tocsin with its peers on the same files, in one run, and write the tables. Installs nothing.

    python benchmarks/run.py --work ~/bench [--mb 1000] [--repeats 5] [--peer-python PYTHON]

Makes corpora of --mb and of four times that in both layouts under --work (once), and a tenth of it for memory. Every
round runs every tool once, so that a slow minute of the machine hits all alike; ratios are taken within a round.
The command ends with code 1 if two tools answer differently.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import measure
import report
import tools
from make_events import Made, make
from tools import QUERIES, Tool

HERE = Path(__file__).parent
_STARTS = 10  # how often short commands are timed
_LONG = 60.0  # seconds; what takes longer runs as seldom as slow tools, and its first run counts


def main() -> None:
    asked = _arguments()
    corpora = _corpora(asked)
    found = [tools.tocsin_in(asked.tocsin_python), *tools.peers_in(asked.peer_python)]
    found = [tool for tool in found if not asked.tools or tool.name in asked.tools]
    runs = [run for path in corpora for query in QUERIES for run in _compared(asked, found, path, query)]
    result = {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": _machine(),
        "commit": _commit(),
        "versions": {tool.name: tool.version for tool in found},
        "repeats": asked.repeats,
        "corpora": {path.name: asdict(made) for path, made in corpora.items()},
        "runs": runs,
        "slopes": list(_slopes(runs, {path.name: made for path, made in corpora.items()})),
        "stages": _stages(asked, min(corpora)),
    }
    _write(asked.results, result)
    if any(run["answer"] == "DIFFERS" for run in runs):
        raise SystemExit("the tools do not agree")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="a folder for corpora, with room for half of --mb")
    parser.add_argument("--mb", type=int, default=1000, help="JSON in the smaller corpus, MB")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--slow-repeats", type=int, default=1, help="for jq, plain Python and read_json")
    parser.add_argument("--layouts", nargs="+", default=["large", "small"])
    parser.add_argument("--tools", nargs="*", default=[], help="only these; all that are here by default")
    parser.add_argument("--tocsin-python", default=sys.executable, help="the Python that tocsin is installed for")
    parser.add_argument("--peer-python", default=sys.executable, help="the Python that the peers are installed for")
    parser.add_argument("--results", type=Path, default=HERE / "results")
    return parser.parse_args()


def _corpora(asked: argparse.Namespace) -> dict[Path, Made]:
    """A tenth of the size for memory, the size, and four times it."""
    asked.work.mkdir(parents=True, exist_ok=True)
    sizes = {layout: [asked.mb, 4 * asked.mb] for layout in asked.layouts}
    sizes[asked.layouts[0]].insert(0, max(asked.mb // 10, 1))
    paths = {asked.work / f"{layout}-{mb}": (mb, layout) for layout, mbs in sizes.items() for mb in mbs}
    return {path: make(path, mb, layout) for path, (mb, layout) in paths.items()}


def _compared(asked: argparse.Namespace, found: list[Tool], corpus: Path, query: str) -> Iterator[dict[str, Any]]:
    """All rounds of one query over one corpus; the first answer is the one that the others must give."""
    found = [tool for tool in found if tool.answers(query)]
    runs: dict[str, dict[str, Any]] = {}
    expected: list[tuple[str, ...]] | None = None
    for number in range(asked.repeats + 1):  # the first round warms the cache and is not counted
        for tool in found[number % len(found) :] + found[: number % len(found)]:
            entry = runs.setdefault(tool.name, _entry(tool, corpus, query))
            if entry["slow"] and (not number or len(entry["seconds"]) >= asked.slow_repeats):
                continue
            try:
                done = measure.run(tool.command(query, corpus), watch=entry["slow"])
            except measure.FailedError as error:
                entry["answer"] = f"failed: {error}"
                continue
            entry["slow"] |= done.seconds > _LONG
            if number or entry["slow"]:
                entry["seconds"].append(done.seconds)
                entry["cpu"].append(done.cpu)
                entry["peak_bytes"] = max(entry["peak_bytes"], done.peak)
            if not tool.floor and entry["answer"] != "DIFFERS":
                rows = tools.answer(query, done.output)
                expected = rows if expected is None else expected
                entry["answer"] = f"rows: {len(rows):,}" if rows == expected else "DIFFERS"
    for tool in found:
        entry = runs[tool.name]
        if entry["seconds"]:
            if not entry["peak_bytes"]:
                entry["peak_bytes"] = measure.peak_memory(tool.command(query, corpus))
            print(_told(entry), file=sys.stderr)
            yield entry
        else:
            print(f"{corpus.name} {query} {tool.name}: {entry['answer']}", file=sys.stderr)


def _entry(tool: Tool, corpus: Path, query: str) -> dict[str, Any]:
    its = {"corpus": corpus.name, "query": query, "tool": tool.name, "slow": tool.slow}
    return its | {"seconds": [], "cpu": [], "peak_bytes": 0, "answer": ""}


def _told(entry: dict[str, Any]) -> str:
    median = statistics.median(entry["seconds"])
    memory = f"{entry['peak_bytes'] / 1e6:.0f} MB"
    return f"{entry['corpus']} {entry['query']} {entry['tool']}: {median:.2f} s, {memory} {entry['answer']}"


def _slopes(runs: list[dict[str, Any]], made: dict[str, Made]) -> Iterator[dict[str, Any]]:
    """Per layout, query and tool: (time for 4n - time for n) / 3n in each round, and its ratio to the floor's."""
    by_key = {(run["corpus"], run["query"], run["tool"]): run["seconds"] for run in runs}
    for corpus, query, tool in by_key:
        layout, mb = corpus.rsplit("-", 1)
        big = f"{layout}-{4 * int(mb)}"
        if (big, query, tool) not in by_key:
            continue
        gigabytes = (made[big].raw_bytes - made[corpus].raw_bytes) / 1e9

        def cost(name: str, big: str = big, corpus: str = corpus, query: str = query, gb: float = gigabytes) -> Any:
            pairs = zip(by_key.get((big, query, name), []), by_key.get((corpus, query, name), []), strict=False)
            return [(more - less) / gb for more, less in pairs]

        its, floor = cost(tool), cost("igzip_floor")
        slope = {"layout": layout, "query": query, "tool": tool, "seconds_a_gb": its}
        yield slope | ({"of_floor": statistics.median(its) / statistics.median(floor)} if floor else {})


def _stages(asked: argparse.Namespace, corpus: Path) -> dict[str, float]:
    """Short commands as whole processes, and what happens inside one; milliseconds."""
    tocsin = tools.tocsin_in(asked.tocsin_python)
    command = tocsin.command("flagship", next(corpus.rglob("*.json.gz")))
    short = {"`tocsin --help`": [command[0], "--help"], "`tocsin scan` of one file": command}
    stages = {
        name: 1000 * statistics.median(measure.run(each).seconds for _ in range(_STARTS))
        for name, each in short.items()
    }
    return stages | json.loads(measure.run([asked.tocsin_python, HERE / "stages.py"]).output)


def _machine() -> dict[str, Any]:
    names = re.findall(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    cpu = names[0] if names else platform.machine()
    return {"cpu": cpu, "cores": os.cpu_count(), "memory_gb": round(memory / 1e9), "system": platform.platform()}


def _commit() -> str:
    done = subprocess.run(["git", "-C", HERE, "describe", "--always", "--dirty"], capture_output=True, text=True)
    return done.stdout.strip() or "unknown"


def _write(folder: Path, result: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    machine = re.sub(r"[^a-z0-9]+", "-", result["machine"]["cpu"].lower()).strip("-")
    stem = folder / f"{machine}-{result['machine']['cores']}-{result['date']}"
    text = report.markdown(result)
    stem.with_suffix(".json").write_text(json.dumps(result, indent=1) + "\n")
    stem.with_suffix(".md").write_text(text)
    print(text)


if __name__ == "__main__":
    main()
