"""What is known of the screen: whether it shows colour, and how wide it is."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, TextIO

import click

from tocsin.config import Settings
from tocsin.risk.account import RunAccount
from tocsin.sinks.account_text import account_lines
from tocsin.sinks.formats import Setting, open_sink
from tocsin.sinks.protocol import Sink

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table


def width(output: TextIO) -> int | None:
    """The terminal's width, or COLUMNS; None for a pipe or a file, where nothing need be folded."""
    if output.isatty():
        return shutil.get_terminal_size().columns
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdigit() and int(columns) > 0 else None


def colour(output: TextIO) -> bool:
    """Escape codes only where a person watches and has not said otherwise (no-color.org)."""
    return output.isatty() and not os.environ.get("NO_COLOR")


def console() -> Console:
    """Standard output for tables."""
    from rich.console import Console

    return Console(file=sys.stdout, width=width(sys.stdout) or 160, highlight=False, markup=False, emoji=False)


def print_grid(screen: Console, table: Table, indent: int = 0) -> None:
    """A table without the blanks that pad its lines."""
    with screen.capture() as drawn:
        screen.print(table, width=screen.width - indent)
    for line in drawn.get().splitlines():
        click.echo(f"{' ' * indent}{line.rstrip()}", color=True)


def sink_on(form: str, output: TextIO, settings: Settings) -> Sink:
    """The sink of that format, writing to `output`."""
    setting = Setting(
        zone=settings.timezone,
        color=colour(output),
        width=width(output),
        now=settings.now,
        earliest=settings.earliest,
        latest=settings.latest,
    )
    return open_sink(form, output, setting)


def tell(account: RunAccount, shown: str = "findings") -> None:
    """The account on standard error, beside data on standard output."""
    sys.stdout.flush()
    for line in account_lines(account, shown):
        click.echo(line, err=True)
