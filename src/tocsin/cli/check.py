"""`tocsin check`: read a library and say what is ready, unsupported, or in error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tocsin.cli import exits


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH...]", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl"]),
    default="table",
    show_default=True,
    help="jsonl writes one object a detection, with its diagnostics.",
)
def command(paths: tuple[Path, ...], **options: Any) -> int:
    """Read detections, macros and lookups and print every problem.

    PATH: folders or files of a library; without any, the shipped one. Exit 2 if anything is in error.
    """
    from tocsin.cli.checking import check

    return exits.WRONG if check(paths, options["form"]) else exits.DONE
