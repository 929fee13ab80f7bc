"""`tocsin show`: a detection's page in the terminal."""

from __future__ import annotations

from typing import Any

import click

from tocsin.cli import exits
from tocsin.cli.options import CONTENT


@click.command("show")
@click.argument("detection", metavar="DETECTION")
@CONTENT
def command(**options: Any) -> int:
    """Show a detection's page: what it finds, how, how it is scored, and what it needs.

    DETECTION: a name, an id, or a file.
    """
    from tocsin.cli.showing import show

    show(options["detection"], options["content"])
    return exits.DONE
