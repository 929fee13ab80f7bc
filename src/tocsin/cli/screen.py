"""What is known of the screen: whether it shows colour, and how wide it is."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, TextIO

from tocsin.config import Settings
from tocsin.sinks import open_sink
from tocsin.sinks.protocol import Sink

if TYPE_CHECKING:
    from rich.console import Console

PIPE_WIDTH = 160  # columns where no terminal says how many it has


def width(output: TextIO) -> int:
    """The terminal's width; COLUMNS, or a wide page, for anything else."""
    if output.isatty():
        return shutil.get_terminal_size().columns
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdigit() and int(columns) > 0 else PIPE_WIDTH


def console() -> Console:
    """Standard output for tables; no escape codes unless a person watches."""
    from rich.console import Console

    return Console(file=sys.stdout, width=width(sys.stdout), highlight=False, markup=False, emoji=False)


def sink_on(form: str, output: TextIO, settings: Settings) -> Sink:
    """The sink of that format, writing to `output`."""
    colour = output.isatty() and "NO_COLOR" not in os.environ
    return open_sink(form, output, zone=settings.timezone, color=colour, width=width(output))
