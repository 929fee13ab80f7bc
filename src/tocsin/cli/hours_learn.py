"""The work of `tocsin hours learn`: history in, a calendar file and profiles out, words about both."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from tocsin.cli import exits
from tocsin.cli.hours_file import hours_at
from tocsin.cli.hours_history import history_search, sightings
from tocsin.cli.library import load, report
from tocsin.cli.output import opened
from tocsin.cli.places import check
from tocsin.cli.progress import executed
from tocsin.config import Settings
from tocsin.diagnostics.errors import UsageError
from tocsin.hours import Hours, read_hours
from tocsin.hours.learn import Gathering, Hints, History, Learned, Limits, Proposal, propose
from tocsin.hours.learn import learn as learn_from
from tocsin.hours.learn.company import HINTED
from tocsin.hours.learn.countries import BadRowError, countries_of
from tocsin.hours.learn.doubts import named
from tocsin.hours.learn.lesson import ADOPTED, COLD, REVIEW, Lesson
from tocsin.hours.learn.numbers import counted
from tocsin.hours.profile import profiles_of, profiles_text
from tocsin.hours.zones import zone_named
from tocsin.risk.account import RunAccount
from tocsin.run import compile_text
from tocsin.sinks.account_text import account_lines
from tocsin.sinks.visible import visible
from tocsin.source import Composed, Source

A_DAY = 86_400  # clocks of records may be ahead of ours by less than that


def learn(settings: Settings, options: dict[str, Any]) -> int:
    """Do it; the exit code."""
    written = check(
        {"--output": options["output"], "--profile": options["profile"]},
        {"--countries": [options["countries"]] if options["countries"] else []},
    )
    last = hours_at(options["last"]) if options["last"] else None
    if options["last"] and last is None:
        return exits.WRONG
    country_of = _countries(options["countries"])
    hints = Hints(_zones(options["zones"], last), frozenset(options["adopt"]))
    limits = _limits(options)
    history, account = _history(settings, options["paths"], limits, country_of, written)
    if account.scan.nothing_read:
        return _nothing(account)
    learned = learn_from(history, hints, limits)
    proposal = propose(learned, last, hints.adopt)
    if not _sound(proposal, options["output"]):
        return exits.WRONG
    with opened(options["output"]) as output:
        output.write(proposal.text)
    if options["profile"]:
        with opened(options["profile"]) as output:
            output.write(profiles_text(profiles_of(history, learned)))
    for line in (*account_lines(account), *_summary(learned, proposal, hints)):
        click.echo(visible(line), err=True)
    return exits.UNREAD if account.scan.failed or account.scan.unreadable else exits.DONE


def _nothing(account: RunAccount) -> int:
    """A calendar file that is there is worth more than what can be learned of no history."""
    for line in (*account_lines(account), "learned nothing, and wrote nothing: no file could be read"):
        click.echo(visible(line), err=True)
    return exits.UNREAD


def _limits(options: Mapping[str, Any]) -> Limits:
    return Limits(
        window_days=options["window"],
        half_life_days=options["half_life"],
        min_days=options["min_days"],
        min_weeks=options["min_weeks"],
        slot_days=options["slot_days"],
        slot_weeks=options["slot_weeks"],
    )


def _history(
    settings: Settings,
    paths: list[str],
    limits: Limits,
    country_of: Callable[[str], str],
    written: Sequence[Path],
) -> tuple[History, RunAccount]:
    started = time.monotonic()
    library = load(())
    text = history_search(addresses=country_of is not nowhere)
    compiled = compile_text(Composed.whole(Source("<history>", text)), library, settings)
    gathering = Gathering(limits, settings.now + A_DAY)
    with executed([compiled], paths, settings, library, written) as run:
        for _, result in run.results(origins=False):
            gathering.add_all(sightings(result, country_of))
        run.account.seconds = time.monotonic() - started
        run.account.detections[0].missing_fields.clear()  # the search reads fields that few records have
        return gathering.finish(), run.account


def _zones(named_zones: tuple[str, ...], last: Hours | None) -> dict[str, float]:
    """Zones that somebody vouches for: those of the options, and those of the last file's calendars."""
    for name in named_zones:
        if zone_named(name) is None:
            raise click.BadParameter(f"there is no time zone {name!r}", param_hint="--zone")
    theirs = [calendar.zone for calendar in last.calendars.values()] if last else []
    return dict.fromkeys(sorted({*named_zones, *theirs}), HINTED)


def _countries(path: Path | None) -> Callable[[str], str]:
    if path is None:
        return nowhere
    try:
        with path.open(encoding="utf-8", errors="replace") as lines:
            return countries_of(lines).of
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error
    except BadRowError as error:
        raise UsageError(f"{path}: {error}") from error


def nowhere(_: str) -> str:
    """The country of an address where no table is given."""
    return ""


def _sound(proposal: Proposal, output: Path | None) -> bool:
    """Whether the text reads back; it may not where the last file imports from a folder that is not the output's."""
    folder = output.parent if output and str(output) != "-" else Path()
    read = read_hours(Source(str(output or "hours.yml"), proposal.text), folder)
    grave = [each for each in read.diagnostics if each.severity.name != "warning"]
    return not report(grave)


def _summary(learned: Learned, proposal: Proposal, hints: Hints) -> Iterator[str]:
    lessons = learned.lessons
    robots = [each for each in lessons if each.status == ADOPTED and each.robot]
    people = [each for each in lessons if each.status == ADOPTED and not each.robot]
    states = [each.status for each in lessons]
    yield (
        f"learned: {counted(len(lessons), 'principal')}: {counted(len(people), 'person', 'people')} and "
        f"{counted(len(robots), 'robot')} believed, {states.count(REVIEW)} to review, "
        f"{states.count(COLD)} with too little history"
    )
    for why, count in learned.left_out.items():
        yield f"  taught nothing: {counted(count, 'call')} {why}"
    if learned.forgotten:
        days = counted(learned.forgotten, "day")
        yield f"  older than {counted(learned.limits.window_days, 'day')}: {days} of principals"
    yield from _changes(proposal)
    yield from _told(lessons, proposal)
    yield from _not_adopted(lessons, learned, hints)


def _changes(proposal: Proposal) -> Iterator[str]:
    for change in proposal.changes:
        name = change.lesson.shown
        yield f"{'~' if change.adopted else '!'} {change.words}" + (
            "" if change.adopted else f"; kept as before (--adopt {name})"
        )
    changed = {change.lesson.principal for change in proposal.changes}
    if proposal.compared:
        new = [each for each in proposal.adopted if each.principal not in changed]
        yield from (f"+ {each.shown}: new" + (f", {each.lent}" if each.lent else "") for each in new)


def _told(lessons: tuple[Lesson, ...], proposal: Proposal) -> Iterator[str]:
    told = {change.lesson.principal for change in proposal.changes}
    for lesson in lessons:
        if lesson.status == REVIEW and lesson.principal not in told:
            yield f"? {lesson.shown}: {lesson.reasons[0]}"
        elif lesson.status == ADOPTED and lesson.principal not in proposal.decided:
            yield from (f"? {lesson.shown}: held back: {part}" for part in lesson.held_back)
    yield from (f"? {each.principal}: no rule can name it" for each in proposal.unnamed)


def _not_adopted(lessons: tuple[Lesson, ...], learned: Learned, hints: Hints) -> Iterator[str]:
    """Names of --adopt that had no effect."""
    yield from (f"--adopt {name}: nobody of that name was seen" for name in learned.unknown_names)
    names = {name.lower() for name in hints.adopt}
    for lesson in lessons:
        if lesson.status != ADOPTED and named(lesson, names):
            yield f"--adopt {lesson.shown}: {'; '.join(lesson.reasons)}"
