"""The table of sinks: each format by its name, each in its own file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from tocsin.sinks.csv import FindingsCsv
from tocsin.sinks.jsonl import JsonLines
from tocsin.sinks.protocol import Sink
from tocsin.sinks.risk import RiskEvents
from tocsin.sinks.table import Table

SINKS: dict[str, Callable[[TextIO, str, bool, int | None], Sink]] = {
    "table": lambda output, zone, color, width: Table(output, zone=zone, color=color, width=width),
    "jsonl": lambda output, zone, color, width: JsonLines(output),
    "csv": lambda output, zone, color, width: FindingsCsv(output),
    "risk": lambda output, zone, color, width: RiskEvents(output),
}


def open_sink(form: str, output: TextIO, *, zone: str, color: bool = False, width: int | None = None) -> Sink:
    """A sink that writes `form` (a key of `SINKS`) to `output`.

    `zone` is the time zone in which people read moments. `color` allows escape codes: for a terminal only.
    `width` is the terminal's width in cells; None means a pipe or a file, where no row is folded.
    An output that cannot be written raises `OutputError`; a reader who left, `BrokenPipeError`.
    """
    return SINKS[form](output, zone, color, width)
