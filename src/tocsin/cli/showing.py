"""The page of `tocsin show`: sections of a detection, drawn for a terminal or a pipe."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import assert_never

import click

from tocsin.cli.library import load
from tocsin.cli.screen import page as screen_page
from tocsin.cli.screen import print_grid, safe_lines
from tocsin.content.page import page
from tocsin.content.page_section import Block, Bullets, Grid, Pairs, Prose, Spl
from tocsin.sinks.grid import Page
from tocsin.sinks.visible import visible

READABLE = 100  # columns: longer lines of prose are hard to read


def show(what: str, content: Sequence[Path]) -> None:
    """Draw the page of the detection that `what` names."""
    library = load(content, [what])
    detection = library.find(what)
    screen = screen_page()
    _styled(screen, detection.name, "bold")
    for section in page(detection, library):
        click.echo("")
        _styled(screen, section.title, "bold cyan")
        for block in section.blocks:
            _block(screen, block)


def _styled(screen: Page, text: str, style: str) -> None:
    click.echo(screen.paint(visible(text), style), color=screen.color)


def _block(screen: Page, block: Block) -> None:
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
            _search(text)
        case _:
            assert_never(block)


def _search(text: str) -> None:
    """Word for word, to be copied: no line is filled or folded, and a quoted text of several lines not indented."""
    lines = list(safe_lines(text))
    quotes = accumulate(re.sub(r"\\.", "", line).count('"') for line in lines[:-1])
    indent = "" if any(count % 2 for count in quotes) else "  "
    for line in lines:
        click.echo(f"{indent}{line}")


def _prose(screen: Page, text: str) -> None:
    """Paragraphs and items, filled anew: the file's own line breaks mean nothing."""
    for index, paragraph in enumerate(re.split(r"\n\s*\n", text.strip())):
        if index:
            click.echo("")
        for item in re.split(r"\n(?=- )", paragraph):
            _paragraph(screen, " ".join(item.split()))


def _paragraph(screen: Page, text: str) -> None:
    """Filled to the width, or to what can be read; a word that is longer is broken only by a screen's edge."""
    item = "- " if text.startswith("- ") else ""
    filled = textwrap.wrap(
        visible(text.removeprefix(item)),
        min(screen.width or READABLE, READABLE),
        initial_indent=f"  {item}",
        subsequent_indent="  " + " " * len(item),
        break_on_hyphens=False,
        break_long_words=screen.width is not None,
    )
    for line in filled:
        click.echo(line)


def _grid(screen: Page, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    print_grid(screen, columns, [[visible(" ".join(cell.split())) for cell in row] for row in rows], indent=2)
