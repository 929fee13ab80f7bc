"""`tocsin scan`: detections over CloudTrail files, findings out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tocsin.cli import exits
from tocsin.cli.asked import ScanOptions, asked
from tocsin.cli.options import CONTENT, PATHS, hours_options, input_options, settings


@click.command("scan")
@PATHS
@click.option(
    "--detection",
    "-d",
    "detections",
    multiple=True,
    metavar="NAME|ID|FILE",
    help="Run this one only; repeatable. Without it: every detection of --content, or of the shipped library.",
)
@CONTENT
@hours_options
@click.option(
    "--compare",
    is_flag=True,
    help="Show what --hours changes against Splunk's detection: findings gone, findings new, and why.",
)
@input_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "csv", "risk", "html"]),
    default="table",
    show_default=True,
    help="risk writes one JSON line per row and risk object, as Splunk's risk index holds them; "
    "html one page with maps and tables, that needs no network.",
)
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write there, not to the screen.")
@click.option("--summary", type=click.Path(path_type=Path), metavar="FILE", help="Write the account as JSON.")
@click.option("--fail-on-findings", is_flag=True, help="Exit 1 if there are findings.")
def command(**options: Any) -> int:
    """Run detections over CloudTrail files and print findings.

    PATH: files, folders, globs, or - for standard input. Gzip, zip, JSON, JSON lines; recognised by content.
    """
    from tocsin.cli.scanning import scan

    found, unread, broken = scan(settings(options, runs=True), asked(ScanOptions, options))
    codes = {exits.FINDINGS: found and options["fail_on_findings"], exits.WRONG: broken, exits.UNREAD: unread}
    return max((code for code, applies in codes.items() if applies), default=exits.DONE)
