"""The work of `tocsin hours show`: calendars, their weeks, what is next, who is assigned."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from tocsin.cli.heat_map import heat_map, shades
from tocsin.cli.hours_file import hours_at
from tocsin.hours import ALWAYS, NONE, Calendar, Hours, Rule
from tocsin.hours.calendars import HolidaySource, Listed, entries_of
from tocsin.hours.public_holidays import holiday_name
from tocsin.hours.rules import rule_label
from tocsin.hours.week_grid import week
from tocsin.hours.written import bound_text, entry_place, when_text
from tocsin.hours.zones import day_number, day_of, zone_named
from tocsin.sinks.visible import visible

AHEAD = 366  # days in which the next holidays are looked for
MOST = 5  # holidays shown; entries of a list: twice as many
NAMES_SHOWN = 200  # columns of a rule's conditions


def show(path: Path, options: dict[str, Any]) -> bool:
    """Print it; whether the file could be read."""
    hours = hours_at(path)
    if hours is None:
        return False
    names = _chosen(hours, options["names"])
    signs = shades(sys.stdout.encoding)
    for number, name in enumerate(names):
        if number:
            click.echo("")
        day = _day(options["day"], hours.calendars[name].zone)
        for line in _calendar(hours, hours.calendars[name], day, signs):
            click.echo(visible(line))
    if not options["names"]:
        for line in _rest(hours):
            click.echo(visible(line))
    return True


def _chosen(hours: Hours, names: Sequence[str]) -> Sequence[str]:
    for name in names:
        if name not in hours.calendars:
            known = ", ".join(hours.calendars)
            raise click.BadParameter(f"there is no calendar {name!r}; there are: {known}", param_hint="--calendar")
    return names or tuple(hours.calendars)


def _day(text: str | None, zone: str) -> date:
    if text is None:
        return datetime.now(zone_named(zone)).date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(
            f"{text!r} is no date: a form like 2024-05-24 is needed", param_hint="--day"
        ) from error


def _calendar(hours: Hours, calendar: Calendar, day: date, signs: str) -> Iterator[str]:
    monday = day_of(day_number(day) - day.weekday())
    line = f", line {calendar.line}" if calendar.line else ""
    yield f"{calendar.name}  ({calendar.zone}; week of {monday.isoformat()}{line})"
    yield from (f"  {row}" for row in heat_map(week(hours, calendar.name, day), signs))
    yield from _valid(calendar)
    yield from _holidays(calendar.holidays, day)
    lists = (
        ("closed", calendar.closed),
        ("open", calendar.opened),
        ("freezes", calendar.freezes),
        ("maintenance", calendar.maintenance),
    )
    for name, listed in lists:
        yield from _entries(name, listed)
    yield from _assigned(hours, calendar.name)


def _valid(calendar: Calendar) -> Iterator[str]:
    bounds = (("from", calendar.validity.since), ("until", calendar.validity.until))
    words = [f"{name} {bound_text(bound)}" for name, bound in bounds if bound is not None]
    if words:
        yield f"  valid {' '.join(words)}"


def _holidays(sources: tuple[HolidaySource, ...], day: date) -> Iterator[str]:
    if not sources:
        return
    yield f"  holidays of {', '.join(_source(each) for each in sources)}; next:"
    first = day_number(day)
    days = (day_of(number) for number in range(first, first + AHEAD))
    named = ((each, holiday_name(sources, each)) for each in days)
    found = [(each, name) for each, name in named if name][:MOST]
    yield from (f"    {each.isoformat()} {each:%a}  {name}" for each, name in found)
    if not found:
        yield "    none known"


def _source(source: HolidaySource) -> str:
    return f"{source.country}-{source.subdivision}" if source.subdivision else source.country


def _entries(name: str, listed: Listed) -> Iterator[str]:
    entries = entries_of(listed)
    if not entries:
        return
    yield f"  {name}:"
    for entry in entries[: 2 * MOST]:
        place = entry_place(entry)
        yield f"    {when_text(entry.when)}  {entry.reason}{f'  ({place})' if place else ''}".rstrip()
    if len(entries) > 2 * MOST:
        yield f"    and {len(entries) - 2 * MOST:,} more"


def _assigned(hours: Hours, name: str) -> Iterator[str]:
    rules = [(number, rule) for number, rule in enumerate(hours.rules, 1) if rule.calendar == name]
    if rules or hours.default == name:
        yield "  assigned:"
    for number, rule in rules:
        yield f"    {_rule(number, rule)}"
    if hours.default == name:
        yield f"    whoever no rule matches (default, line {hours.default_line})"


def _rule(number: int, rule: Rule) -> str:
    asked = "; ".join(f"{each.field} {', '.join(each.globs)}" for each in rule.conditions)
    if len(asked) > NAMES_SHOWN:
        asked = asked[: NAMES_SHOWN - 1].rstrip() + "…"
    words = f"{'robots: ' if rule.robot else ''}{asked}"
    return f"rule {number}: {words}  [{rule_label(rule, number)}]"


def _rest(hours: Hours) -> Iterator[str]:
    for name, words in ((ALWAYS, "open at all times"), (NONE, "never open")):
        if any(rule.calendar == name for rule in hours.rules) or hours.default == name:
            yield ""
            yield f"{name}  (built in: {words})"
            yield from _assigned(hours, name)
    for name, listed in (("freezes", hours.freezes), ("maintenance", hours.maintenance)):
        if listed:
            yield ""
            yield "all calendars"
            yield from _entries(name, listed)
    if not hours.default:
        yield ""
        yield "no default: whoever no rule matches is unknown"
