"""Everything that the page shows, in one mapping for its templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from tocsin import __version__
from tocsin.risk.account import RunAccount
from tocsin.sinks import account_text
from tocsin.sinks.html import limits
from tocsin.sinks.html.changes import changes
from tocsin.sinks.html.chapter import Facts, Outcome, facts, outcome
from tocsin.sinks.html.gathered import Gathered
from tocsin.sinks.html.heat import heat
from tocsin.sinks.html.limits import NAME, VALUE, cut
from tocsin.sinks.html.model import WEEKDAYS, Row, row, severity
from tocsin.sinks.html.sums import Sums, sums
from tocsin.sinks.html.timeline import timeline
from tocsin.sinks.times import moment


class Section(Struct, frozen=True):
    """A detection and its findings, the latest of `count`."""

    facts: Facts
    count: int
    rows: tuple[Row, ...]

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


def contents(report: Gathered, account: RunAccount) -> dict[str, object]:
    """The values of the page. They hold no time but those of the input, the window and `now`."""
    pushes = report.beside.pushes
    records = report.records
    people, repositories = _sums(report)
    sections = tuple(_sections(report))
    score = max((chapter.score for chapter in report.chapters.values()), default=0)
    return {
        "version": __version__,
        "zone": cut(report.zone, NAME),
        "now": moment(report.now, report.zone),
        "window": [moment(each, report.zone) for each in report.window],
        "inputs": [(name, cut(value, VALUE)) for name, value in report.beside.inputs],
        "total": sum(section.count for section in sections),
        "score": score,
        "severity": severity(score),
        "sections": sections,
        "records": records,
        "pushes": pushes,
        "weekdays": WEEKDAYS,
        "clock": _clock(report),
        "heat": heat(records.slots(pushes.slots if pushes else {}), pushes.week if pushes else None),
        "timeline": timeline(
            records.known.values(), pushes.hours if pushes else Counter(), report.zone, *report.window
        ),
        "people": people,
        "repositories": repositories,
        "beyond": report.tallies.beyond,
        "changes": changes(report.beside.comparison, report.zone) if report.beside.comparison else None,
        **_account(account, {section.facts.name for section in sections}),
    }


def _clock(report: Gathered) -> str:
    """By whose clock the map of the week goes."""
    pushes, known, zone = report.beside.pushes, report.records.known.values(), cut(report.zone, NAME)
    own, total = (pushes.local, pushes.total) if pushes else (sum(each.own for each in known), len(known))
    if not own:
        return f"on the clock of {zone}"
    return "on the clock of whoever acted" + (
        "" if own == total else f", where it is known ({own:,} of {total:,}), else of {zone}"
    )


def _sections(report: Gathered) -> Iterator[Section]:
    """Every detection lists its share of findings; what is over of one does not go to another."""
    share = max(limits.LISTED // max(len(report.chapters), 1), 1)
    listed = sum(min(chapter.count, share) for chapter in report.chapters.values())
    behind = min(limits.BEHIND, max(limits.RECORDS // max(listed, 1), 1))
    for chapter in report.chapters.values():
        rows = tuple(row(each, report.zone, behind) for each in chapter.latest(share))
        expanded = report.beside.searches.get(chapter.detection.name, "")
        yield Section(facts(chapter.detection, expanded), chapter.count, rows)


def _sums(report: Gathered) -> tuple[Sums, Sums]:
    tallies, pushes = report.tallies, report.beside.pushes
    known = report.records.known.values()
    by_person = Counter(name for each in known for name in each.people)
    by_repository = Counter(name for each in known for name in each.repositories)
    return (
        sums(tallies.people, tallies.nobody, by_person, pushes.people if pushes else None),
        sums(tallies.repositories, tallies.nothing, by_repository, pushes.repositories if pushes else None),
    )


def _account(account: RunAccount, found: set[str]) -> Mapping[str, object]:
    """The account without the seconds that the run took: the same run gives the same page."""
    problems = account.scan.problems[: limits.PROBLEMS]
    unread = max(account.scan.failed + account.scan.unreadable, len(account.scan.problems))
    outcomes: tuple[Outcome, ...] = tuple(outcome(each) for each in account.detections)
    return {
        "outcomes": outcomes,
        "quiet": [each.name for each in outcomes if not each.failed and each.name not in found],
        "failed": [each for each in outcomes if each.failed],
        "left_out": any(each.reasons for each in outcomes),
        "problems": [
            (cut(each.path, VALUE), "" if each.position is None else f"{each.position:,}", cut(each.reason, VALUE))
            for each in problems
        ],
        "unread": unread,
        "warnings": [cut(each, VALUE) for each in account.warnings[: limits.PROBLEMS]],
        "more_warnings": max(len(account.warnings) - limits.PROBLEMS, 0),
        "adds_up": account.adds_up(),
        "account": account_text.account_line(replace(account, seconds=None)).split("; "),
    }
