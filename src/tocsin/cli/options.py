"""Options that several verbs share, and how they become settings."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from tocsin.config import Settings

F = TypeVar("F", bound=Callable[..., Any])
_SIZE = re.compile(r"(\d+)\s*([kmgt]?)i?b?", re.IGNORECASE)

PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH...")

CONTENT = click.option(
    "--content",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="A folder of detections, macros (also Splunk's macros.conf) and lookups, or one file of them. "
    "Repeatable; later ones win over earlier ones and over the shipped library.",
)

_INPUT = (
    click.option("--earliest", metavar="T", help="Records from T on: ISO 8601, epoch, or relative (-24h@h, @d)."),
    click.option("--latest", metavar="T", help="Records before T."),
    click.option("--now", metavar="T", help="The moment of the search; the clock's if not given."),
    click.option("--timezone", default="UTC", show_default=True, metavar="ZONE", help="The searcher's IANA time zone."),
    click.option(
        "--jobs", type=click.IntRange(1, 256), metavar="N", help="Processes that read; one per processor if not given."
    ),
    click.option("--keep-duplicates", is_flag=True, help="Count a record each time it was delivered."),
    click.option("--user-fallback", is_flag=True, help="Where the add-on gives no `user`, take `userName`."),
    click.option("--full-count", is_flag=True, help="Decode every record, also where none can match (for audits)."),
    click.option(
        "--max-file-size",
        default="4GB",
        show_default=True,
        metavar="SIZE",
        help="Most that one file may decompress to.",
    ),
    click.option(
        "--max-record-size", default="64MB", show_default=True, metavar="SIZE", help="Most that one record may hold."
    ),
    click.option(
        "--memory",
        default="1GB",
        show_default=True,
        metavar="SIZE",
        help="Memory for the engine before it uses the disk.",
    ),
)


def input_options(function: F) -> F:
    """The options about what is read and how."""
    for option in reversed(_INPUT):
        function = option(function)
    return function


def settings(options: dict[str, Any]) -> Settings:
    """Settings from the options of `input_options`; a wrong value is a usage error that names its option."""
    zone = options["timezone"]
    now = _moment("--now", options["now"], time.time(), zone)
    return Settings(
        now=time.time() if now is None else now,
        earliest=_moment("--earliest", options["earliest"], now or 0.0, zone),
        latest=_moment("--latest", options["latest"], now or 0.0, zone),
        timezone=_zone(zone),
        jobs=options["jobs"] or _processors(),
        keep_duplicates=options["keep_duplicates"],
        user_fallback=options["user_fallback"],
        full_count=options["full_count"],
        max_raw=_size("--max-file-size", options["max_file_size"]),
        max_record=_size("--max-record-size", options["max_record_size"]),
        memory_limit=f"{_size('--memory', options['memory'])}B",
    )


def _moment(option: str, text: str | None, now: float, zone: str) -> float | None:
    from tocsin.plan.moments import BadMomentError, parse_moment

    if text is None:
        return now if option == "--now" else None
    try:
        return parse_moment(text, now, zone)
    except BadMomentError as error:
        raise click.BadParameter(str(error), param_hint=option) from error


def _zone(name: str) -> str:
    from tocsin.plan.moments import BadMomentError, zone_of

    try:
        return zone_of(name).key
    except BadMomentError as error:
        raise click.BadParameter(str(error), param_hint="--timezone") from error


def _size(option: str, text: str) -> int:
    found = _SIZE.fullmatch(text.strip())
    if not found or not int(found[1]):
        raise click.BadParameter(f"{text!r} is no size: a form like 64MB or 4GB is needed", param_hint=option)
    return int(found[1]) << 10 * " kmgt".index(found[2].lower() or " ")


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
