"""`tocsin explain`: how a detection is read, planned and carried out."""

from __future__ import annotations

from typing import Any

import click

from tocsin.cli import exits
from tocsin.cli.options import CONTENT, hours_options, meaning_options, settings


@click.command("explain")
@click.argument("detection", metavar="DETECTION")
@CONTENT
@hours_options
@meaning_options
def command(**options: Any) -> int:
    """Show how a detection is read, planned and carried out.

    DETECTION: a name, an id, a file, or a search in SPL (anything with a pipe, a backtick or an `=`).
    """
    from tocsin.cli.explaining import explain

    click.echo(explain(options["detection"], options["content"], settings(options)))
    return exits.DONE
