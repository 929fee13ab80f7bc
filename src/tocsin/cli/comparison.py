"""Where a comparison goes: below the findings for people, the last line of JSON lines, else on standard error."""

from __future__ import annotations

from typing import TextIO

from tocsin.cli.screen import colour, width
from tocsin.config import Settings
from tocsin.risk.comparison import Comparison
from tocsin.sinks.comparison_json import comparison_json
from tocsin.sinks.comparison_text import comparison_lines
from tocsin.sinks.grid import Page
from tocsin.sinks.json_text import json_line
from tocsin.sinks.output import Output


def show_comparison(comparison: Comparison, form: str, output: TextIO, settings: Settings) -> None:
    """In a form that `output` holds: `jsonl` or `table`."""
    if form == "jsonl":
        Output(output, machine=True).write(json_line({"compare": comparison_json(comparison)}))
        return
    written = Output(output, machine=False)
    written.write("\n")
    for line in comparison_lines(comparison, Page(width(output), colour(output)), settings.timezone):
        written.write(line + "\n")
    written.flush()
