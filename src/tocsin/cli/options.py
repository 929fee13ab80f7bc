"""Options that several verbs share, and how they become settings."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from msgspec.structs import replace

from tocsin.cli import exits
from tocsin.config import Calendars, Settings

if TYPE_CHECKING:
    from tocsin.hours import Hours
    from tocsin.hours.profile import Profiles

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

_NOW = click.option("--now", metavar="T", help="The moment of the search; the clock's if not given.")
_TIMEZONE = click.option(
    "--timezone", default="UTC", show_default=True, metavar="ZONE", help="The searcher's IANA time zone."
)
_USER_FALLBACK = click.option(
    "--user-fallback", is_flag=True, help="Where the add-on gives no `user`, take `userName`."
)
_INPUT = (
    click.option("--earliest", metavar="T", help="Records from T on: ISO 8601, epoch, or relative (-24h@h, @d)."),
    click.option("--latest", metavar="T", help="Records before T."),
    _NOW,
    _TIMEZONE,
    click.option(
        "--jobs", type=click.IntRange(1, 256), metavar="N", help="Processes that read; one per processor if not given."
    ),
    click.option("--keep-duplicates", is_flag=True, help="Count a record each time it was delivered."),
    _USER_FALLBACK,
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
        default="2GB",
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


def meaning_options(function: F) -> F:
    """The options that a search's meaning depends on before anything is read."""
    for option in (_USER_FALLBACK, _TIMEZONE, _NOW):
        function = option(function)
    return function


_HOURS = (
    click.option(
        "--hours",
        "hours_file",
        type=click.Path(path_type=Path, dir_okay=False, exists=True),
        metavar="FILE",
        help="A calendar file: who keeps which hours. Detections that judge by them run, too.",
    ),
    click.option(
        "--profile",
        "profile_file",
        type=click.Path(path_type=Path, dir_okay=False, exists=True),
        metavar="FILE",
        help="A profile of tocsin hours learn: who is active when. Detections that judge by it run, too.",
    ),
)


def hours_options(function: F) -> F:
    """The files that `businesshours` and `unusualhour` go by."""
    for option in reversed(_HOURS):
        function = option(function)
    return function


def settings(options: dict[str, Any], *, runs: bool = False) -> Settings:
    """Settings from the options of `input_options` or `meaning_options`, and of `hours_options` where a verb has them.

    A wrong value is a usage error that names its option. What is wrong in a calendar file is printed, and ends the
    run; of a verb that `runs` searches not before its workers read.
    """
    zone = options["timezone"]
    now = _moment("--now", options["now"], time.time(), zone)
    meaning = Settings(
        now=time.time() if now is None else now,
        timezone=_zone(zone),
        user_fallback=options["user_fallback"],
        hours=_hours(options.get("hours_file"), later=runs),
        profiles=_profiles(options.get("profile_file")),
    )
    return _with_input(meaning, options) if "jobs" in options else meaning


def _with_input(meaning: Settings, options: dict[str, Any]) -> Settings:
    earliest, latest = _window(options, meaning.now, options["timezone"])
    return replace(
        meaning,
        earliest=earliest,
        latest=latest,
        jobs=options["jobs"] or _processors(),
        keep_duplicates=options["keep_duplicates"],
        full_count=options["full_count"],
        max_raw=_size("--max-file-size", options["max_file_size"]),
        max_record=_size("--max-record-size", options["max_record_size"]),
        memory_limit=f"{_size('--memory', options['memory'])}B",
    )


def _window(options: dict[str, Any], now: float, zone: str) -> tuple[float | None, float | None]:
    earliest = _moment("--earliest", options["earliest"], now, zone)
    latest = _moment("--latest", options["latest"], now, zone)
    if earliest is not None and latest is not None and earliest >= latest:
        raise click.UsageError("--earliest is not before --latest: no record can be between them")
    return earliest, latest


def _moment(option: str, text: str | None, now: float, zone: str) -> float | None:
    from tocsin.plan.moments import BadMomentError, parse_moment

    if text is None:
        return now if option == "--now" else None
    try:
        return parse_moment(text, now, zone)
    except BadMomentError as error:
        raise click.BadParameter(str(error), param_hint=option) from error


def _hours(path: Path | None, *, later: bool) -> Hours | Calendars | None:
    if path is None:
        return None
    if later:
        from tocsin.cli.hours_names import calendars_at

        if calendars := calendars_at(path):
            return calendars
    from tocsin.cli.hours_file import hours_at

    hours = hours_at(path)
    if hours is None:
        raise click.exceptions.Exit(exits.WRONG)
    return hours


def _profiles(path: Path | None) -> Profiles | None:
    if path is None:
        return None
    from tocsin.hours.profile import read_profiles

    return read_profiles(path)


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
