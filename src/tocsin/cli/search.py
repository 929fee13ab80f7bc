"""`tocsin search`: one SPL search over CloudTrail files, rows out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tocsin.cli import exits
from tocsin.cli.asked import SearchOptions, asked
from tocsin.cli.options import CONTENT, PATHS, hours_options, input_options, settings


@click.command("search")
@click.argument("spl", metavar="SPL")
@PATHS
@CONTENT
@hours_options
@input_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "csv"]),
    default="table",
    show_default=True,
    help="jsonl writes one flat object a row.",
)
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write there, not to the screen.")
@click.option("--summary", type=click.Path(path_type=Path), metavar="FILE", help="Write the account as JSON.")
def command(**options: Any) -> int:
    """Run one SPL search over CloudTrail files and print its rows.

    \b
    tocsin search 'eventName=ConsoleLogin errorCode=failure | stats count by user, src_ip' logs/
    """
    from tocsin.cli.searching import search

    unread, broken = search(settings(options, runs=True), asked(SearchOptions, options))
    return exits.UNREAD if unread else exits.WRONG if broken else exits.DONE
