"""The work of `tocsin hours explain`: one instant, one subject, the verdict and everything behind it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from tocsin.cli.hours_file import hours_at
from tocsin.diagnostics.errors import UsageError
from tocsin.hours import Hours, Subject, Verdict
from tocsin.hours.judge import UNKNOWN, judge_of
from tocsin.hours.rules import FIELDS, rule_label
from tocsin.plan.moments import BadMomentError, parse_moment
from tocsin.sinks.visible import visible

_PLACE = re.compile(r"\(line (\d+)\)$")
AHEAD = 366 * 86_400  # how far the next change is looked for


def explain(path: Path, options: dict[str, Any]) -> bool:
    """Print it; whether the file could be read."""
    hours = hours_at(path)
    if hours is None:
        return False
    subject = Subject(**{name: options[name] for name in FIELDS})
    if subject == Subject():
        raise UsageError("nobody to judge: give --user, --role, --session, --principal, --account or another of these")
    for line in _lines(hours, path, _moment(options["at"]), subject):
        click.echo(visible(line))
    return True


def _moment(text: str | None) -> float:
    now = time.time()
    if text is None:
        return now
    try:
        return parse_moment(text, now, "UTC")
    except BadMomentError as error:
        raise click.BadParameter(str(error), param_hint="--at") from error


def _lines(hours: Hours, path: Path, at: float, subject: Subject) -> Iterator[str]:
    found = judge_of(hours).verdict(at, subject)
    yield _sentence(found, subject)
    if found.state == UNKNOWN:
        yield "  no rule matches, and the file has no default"
        return
    yield f"  instant     {_utc(at)}"
    yield f"  local time  {found.local_time} ({found.zone})"
    yield f"  calendar    {found.calendar}{_line_of(hours, path, found.calendar)}"
    yield f"  decided by  {_placed(found.rule, path)}"
    yield from (f"  because     {why}" for why in _asked(hours, found))
    if found.entry:
        yield f"  entry       {found.reason}, at {found.entry}"
    yield f"  next        {_next(hours, at, found)}"


def _placed(rule: str, path: Path) -> str:
    """`rule 3 (line 49)` with the file's name."""
    return _PLACE.sub(lambda line: f"({path}:{line[1]})", rule)


def _sentence(found: Verdict, subject: Subject) -> str:
    who = subject.user or subject.session or subject.role or subject.principal or "this subject"
    if found.state == UNKNOWN:
        return f"Whether {who} keeps hours is unknown."
    robot = ", a robot," if found.robot else ""
    inside = "inside" if found.state == "open" else "outside"
    return f"{who}{robot} is {inside} business hours: {found.reason}."


def _line_of(hours: Hours, path: Path, name: str) -> str:
    calendar = hours.calendars.get(name)
    return f" ({path}:{calendar.line})" if calendar and calendar.line else " (built in)" if calendar is None else ""


def _asked(hours: Hours, found: Verdict) -> Iterator[str]:
    """What the rule that decided asks for."""
    for number, rule in enumerate(hours.rules, 1):
        if rule_label(rule, number) == found.rule:
            for each in rule.conditions:
                yield f"{each.field} is one of {', '.join(each.globs[:10])}{', …' if len(each.globs) > 10 else ''}"
            return
    yield "no rule matches, so the default holds"


def _next(hours: Hours, at: float, found: Verdict) -> str:
    """When the calendar opens or closes next."""
    almanac = judge_of(hours).almanac(found.calendar)
    for segment in almanac.segments(int(at), int(at) + AHEAD):
        if segment.look.state != found.state:
            verb = "opens" if segment.look.state == "open" else "closes"
            wall = datetime.fromtimestamp(segment.start + segment.ahead, UTC)
            why = "" if segment.look.reason == "open" else f" ({segment.look.reason})"
            return f"{verb} {wall:%a %Y-%m-%d %H:%M}{segment.offset}{why}"
    return f"{found.state} for a year at least"


def _utc(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
