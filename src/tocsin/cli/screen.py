"""What is known of the screen: whether it shows colour, and how wide it is."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import TextIO

import click

from tocsin.config import Settings
from tocsin.risk.account import RunAccount
from tocsin.sinks import grid
from tocsin.sinks.account_text import account_lines
from tocsin.sinks.formats import Setting, open_sink
from tocsin.sinks.grid import Page
from tocsin.sinks.protocol import Sink
from tocsin.sinks.visible import visible

_UNKNOWN = 80  # columns of a terminal that does not tell


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


def page() -> Page:
    """Standard output, for text that is laid out."""
    return Page(width(sys.stdout), colour(sys.stdout))


def print_grid(screen: Page, heading: Sequence[str], rows: Sequence[Sequence[str]], indent: int = 0) -> None:
    """Rows in columns, under a heading unless it is empty."""
    inner = screen if screen.width is None else Page(max(screen.width - indent, grid.NARROWEST), screen.color)
    lines = [heading, *rows] if heading else rows
    widths = [grid.natural(inner, column) for column in zip(*lines, strict=True)]
    fitting = widths if inner.width is None else grid.squeeze(widths, inner.width)
    for number, cells in enumerate(lines):
        style = "underline" if heading and not number else ""
        for line in grid.row(inner, cells, fitting, [style] * len(cells)):
            click.echo(f"{' ' * indent}{line}", color=screen.color)


def safe_lines(text: str) -> Iterator[str]:
    """The lines of a text as they are, but nothing in them that a terminal could act upon. Tabs stay tabs."""
    for line in text.strip().replace("\r\n", "\n").split("\n"):
        yield "\t".join(map(visible, line.split("\t")))


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
