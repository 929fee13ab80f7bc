"""`tocsin hours`: business calendars; learn them from history, look at them, ask them about one event."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tocsin.cli import exits
from tocsin.cli.options import PATHS, input_options, settings

_FILE = click.Path(path_type=Path, dir_okay=False)
_HOURS = click.argument("hours", metavar="HOURS.yml", type=_FILE)


@click.group("hours")
def command() -> None:
    """Business calendars: who keeps which hours, in which time zone.

    \b
    tocsin hours learn logs/ -o hours.yml       from history: who works when, who is a robot, how sure
    tocsin hours show hours.yml                 a week of each calendar; who is assigned to it
    tocsin hours explain hours.yml --user anna --at 2024-05-24T19:30Z
    """


@command.command("learn")
@PATHS
@click.option("--output", "-o", type=_FILE, metavar="FILE", help="Write the calendar file there, not to the screen.")
@click.option("--profile", type=_FILE, metavar="FILE", help="Write everybody's habits by hour of the week as JSON.")
@click.option(
    "--since",
    "last",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="HOURS.yml",
    help="The last calendar file: it stays as it is, new principals are added, differences are shown.",
)
@click.option("--adopt", multiple=True, metavar="NAME", help="Believe what history says of this one. Repeatable.")
@click.option("--zone", "zones", multiple=True, metavar="ZONE", help="A zone that people work in. Repeatable.")
@click.option(
    "--countries",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="Countries of addresses: rows of network and country, 198.51.100.0/24,DE.",
)
@click.option("--window", type=click.IntRange(1, 3650), default=180, show_default=True, help="Days to learn from.")
@click.option("--half-life", type=click.FloatRange(1, 3650), default=45, show_default=True, help="Days for recency.")
@click.option("--min-days", type=click.IntRange(1, 366), default=10, show_default=True, help="Days seen, at least.")
@click.option("--min-weeks", type=click.IntRange(1, 53), default=4, show_default=True, help="Weeks seen, at least.")
@click.option(
    "--slot-days", type=click.IntRange(2, 366), default=4, show_default=True, help="Days that make an hour believed."
)
@click.option(
    "--slot-weeks", type=click.IntRange(1, 53), default=3, show_default=True, help="Weeks that those days must be in."
)
@input_options
def learn(**options: Any) -> int:
    """Learn from CloudTrail who works when, and write a calendar file to read and correct.

    Nothing is relaxed in silence: whoever is seen only at night, or has too little history, is listed for review at
    the file's end. A difference from the last file is shown, and adopted only with --adopt.
    """
    from tocsin.cli.hours_learn import learn as work

    return work(settings(options), options)


@command.command("show")
@_HOURS
@click.option("--day", metavar="DATE", help="Show the week that holds this day; that of today if not given.")
@click.option("--calendar", "names", multiple=True, metavar="NAME", help="Only this one. Repeatable.")
def show(hours: Path, **options: Any) -> int:
    """Show each calendar's week, next holidays and freezes, and who is assigned to it."""
    from tocsin.cli.hours_show import show as work

    return exits.DONE if work(hours, options) else exits.WRONG


@command.command("explain")
@_HOURS
@click.option(
    "--at",
    metavar="T",
    help="When: ISO 8601, epoch, or relative (-24h@h, @d); in UTC where it names no zone. Now if not given.",
)
@click.option("--principal", default="", metavar="ARN", help="ARN of the identity.")
@click.option("--user", default="", metavar="NAME", help="Name of an IAM user.")
@click.option("--role", default="", metavar="NAME", help="Name of an assumed role.")
@click.option("--session", default="", metavar="NAME", help="Name of the role's session.")
@click.option("--account", default="", metavar="NUMBER", help="Account number.")
@click.option("--repository", default="", metavar="NAME", help="Name of the repository.")
@click.option("--region", default="", metavar="NAME", help="AWS region.")
@click.option("--identity-type", "identity", default="", metavar="TYPE", help="Type of identity, such as AssumedRole.")
def explain(hours: Path, **options: Any) -> int:
    """Say whether an instant is inside somebody's hours: whose calendar, by which rule, why, until when."""
    from tocsin.cli.hours_explain import explain as work

    return exits.DONE if work(hours, options) else exits.WRONG
