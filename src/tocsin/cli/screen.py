"""What is known of the screen: whether it shows colour, and how wide it is."""

from __future__ import annotations

import os
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

_UNKNOWN = 80  # columns of a terminal that does not tell
_ENDLESS = 160


def width(output: TextIO) -> int | None:
    """COLUMNS, or the terminal's width; None for a pipe or a file without it, where nothing need be folded."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit() and int(columns) > 0:
        return int(columns)
    return _terminal_width(output) if output.isatty() else None


def _terminal_width(output: TextIO) -> int:
    try:
        return os.get_terminal_size(output.fileno()).columns or _UNKNOWN
    except (OSError, ValueError):
        return _UNKNOWN


def escapes(output: TextIO) -> bool:
    """Whether there is a terminal that acts upon escape codes."""
    return output.isatty() and os.environ.get("TERM") != "dumb"


def colour(output: TextIO) -> bool:
    """Whether text may be coloured, bold or underlined: a person watches and has not said otherwise (no-color.org)."""
    return escapes(output) and not os.environ.get("NO_COLOR")


def console() -> Console:
    """Standard output for tables."""
    from rich.console import Console

    styled = colour(sys.stdout)
    return Console(
        file=sys.stdout,
        width=width(sys.stdout) or _ENDLESS,
        force_terminal=styled,
        color_system="standard" if styled else None,
        highlight=False,
        markup=False,
        emoji=False,
    )


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
