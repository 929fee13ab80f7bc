"""A result file as Markdown: what a person reads, and what the README quotes."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from typing import Any

Result = dict[str, Any]


def markdown(result: Result) -> str:
    """The whole report."""
    machine, versions = result["machine"], result["versions"]
    lines = [
        f"# {result['date']}, {machine['cpu']}, {machine['cores']} cores, {machine['memory_gb']} GB",
        "",
        f"Commit {result['commit']}. " + "; ".join(f"{name}: {version}" for name, version in versions.items()) + ".",
        f"Warm cache, whole processes, {result['repeats']} rounds in which all tools take turns; slow ones fewer.",
        *_corpora(result),
    ]
    for corpus in result["corpora"]:
        for query in ("flagship", "counts", "delivered"):
            lines += _comparison(result, corpus, query)
    return "\n".join([*lines, *_slopes(result), *_memory(result), *_stages(result), ""])


def _corpora(result: Result) -> Iterator[str]:
    yield from ("", "| corpus | files | records | PutImage | JSON, MB | gzip, MB |", "|---|---|---|---|---|---|")
    for name, made in result["corpora"].items():
        sizes = f"{made['raw_bytes'] / 1e6:,.0f} | {made['gz_bytes'] / 1e6:,.0f}"
        yield f"| {name} | {made['files']:,} | {made['records']:,} | {made['put_image']:,} | {sizes} |"


def _comparison(result: Result, corpus: str, query: str) -> Iterator[str]:
    runs = {run["tool"]: run for run in result["runs"] if (run["corpus"], run["query"]) == (corpus, query)}
    if "tocsin" not in runs:
        return
    yield from ("", f"## {query} over {corpus}", "")
    yield "| tool | seconds | from - to | of tocsin | from - to | CPU s | peak MB | answer |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, run in sorted(runs.items(), key=lambda each: statistics.median(each[1]["seconds"])):
        ratios = [mine / its for mine, its in zip(run["seconds"], runs["tocsin"]["seconds"], strict=False)]
        cells = [name, *_spread(run["seconds"]), *_spread(ratios), f"{statistics.median(run['cpu']):.2f}"]
        yield "| " + " | ".join([*cells, f"{run['peak_bytes'] / 1e6:,.0f}", run["answer"]]) + " |"


def _spread(values: Sequence[float]) -> tuple[str, str]:
    return f"{statistics.median(values):.2f}", f"{min(values):.2f} - {max(values):.2f}"


def _slopes(result: Result) -> Iterator[str]:
    """Seconds for each further GB of JSON: start-up is left out."""
    if not result["slopes"]:
        return
    yield from ("", "## What each further GB of JSON costs", "")
    yield from ("| layout | query | tool | seconds a GB | from - to | of the floor |", "|---|---|---|---|---|---|")
    for slope in result["slopes"]:
        floor = f"{slope['of_floor']:.2f}" if slope.get("of_floor") else ""
        cells = [slope["layout"], slope["query"], slope["tool"], *_spread(slope["seconds_a_gb"]), floor]
        yield "| " + " | ".join(cells) + " |"


def _memory(result: Result) -> Iterator[str]:
    yield from ("", "## Memory of tocsin by size, all processes together", "")
    yield from ("| corpus | query | peak MB |", "|---|---|---|")
    for run in result["runs"]:
        if run["tool"] == "tocsin":
            yield f"| {run['corpus']} | {run['query']} | {run['peak_bytes'] / 1e6:,.0f} |"


def _stages(result: Result) -> Iterator[str]:
    yield from ("", "## Stages", "", "| stage | milliseconds |", "|---|---|")
    for name, taken in result["stages"].items():
        yield f"| {name} | {taken:.1f} |"
