"""Where a comparison goes: below the findings for people, the last line of JSON lines, else beside the data."""

from __future__ import annotations

import sys
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
    """`form` is the format of the findings that `output` holds."""
    if form == "jsonl":
        Output(output, machine=True).write(json_line({"compare": comparison_json(comparison)}))
        return
    stream = output if form == "table" else sys.stderr
    written = Output(stream, machine=False)
    written.write("\n")
    for line in comparison_lines(comparison, Page(width(stream), colour(stream)), settings.timezone):
        written.write(line + "\n")
    written.flush()
