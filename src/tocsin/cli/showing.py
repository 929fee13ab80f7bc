"""The page of `tocsin show`: sections of a detection, drawn for a terminal or a pipe."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from tocsin.cli.library import load
from tocsin.cli.screen import console, print_grid
from tocsin.content.page import page
from tocsin.content.page_section import Block, Bullets, Grid, Pairs, Prose, Section, Spl
from tocsin.sinks.visible import visible

if TYPE_CHECKING:
    from rich.console import Console

READABLE = 100  # columns: longer lines of prose are hard to read


def show(what: str, content: Sequence[Path]) -> None:
    """Draw the page of the detection that `what` names."""
    library = load(content, [what])
    detection = library.find(what)
    screen = console()
    screen.print(visible(detection.name), style="bold", soft_wrap=True)
    for section in page(detection, library):
        _section(screen, section)


def _section(screen: Console, section: Section) -> None:
    screen.print()
    screen.print(visible(section.title), style="bold cyan")
    for block in section.blocks:
        _block(screen, block)


def _block(screen: Console, block: Block) -> None:
    match block:
        case Prose(text):
            _prose(screen, text)
        case Bullets(items):
            for item in items:
                _paragraph(screen, f"- {item}")
        case Pairs(items):
            _grid(screen, (), items)
        case Grid(columns, rows):
            _grid(screen, columns, rows)
        case Spl(text):
            _paragraph(screen, text)
        case _:
            assert_never(block)


def _prose(screen: Console, text: str) -> None:
    """Paragraphs and items, filled anew: the file's own line breaks mean nothing."""
    for index, paragraph in enumerate(re.split(r"\n\s*\n", text.strip())):
        if index:
            screen.print()
        for item in re.split(r"\n(?=- )", paragraph):
            _paragraph(screen, " ".join(item.split()))


def _paragraph(screen: Console, text: str) -> None:
    hanging = "    " if text.startswith("- ") else "  "
    width = min(screen.width, READABLE)
    for line in textwrap.wrap(
        visible(text), width, initial_indent="  ", subsequent_indent=hanging, break_on_hyphens=False
    ):
        screen.print(line, soft_wrap=True)


def _grid(screen: Console, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.table import Table

    table = Table(box=None, show_header=bool(columns), pad_edge=False, header_style="underline")
    for index in range(len(rows[0])):
        table.add_column(columns[index] if columns else "", overflow="fold")
    for row in rows:
        table.add_row(*(visible(" ".join(cell.split())) for cell in row))
    print_grid(screen, table, indent=2)
