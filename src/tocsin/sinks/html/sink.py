"""The report's sink: it holds what the page shows of each finding, and writes the page at the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TextIO

from tocsin import __version__
from tocsin.risk.account import DetectionAccount, RunAccount
from tocsin.risk.finding import Finding
from tocsin.sinks import account_text
from tocsin.sinks.html.heat import heat
from tocsin.sinks.html.model import WEEKDAYS, Facts, Mark, Row, facts, mark, row
from tocsin.sinks.html.sums import per_person, per_repository
from tocsin.sinks.html.timeline import HEIGHT, timeline
from tocsin.sinks.output import Output
from tocsin.sinks.times import moment
from tocsin.sinks.visible import visible

LISTED = 500  # findings of one detection; the others are in the sums only


@dataclass(slots=True)
class Chapter:
    """A detection with its findings; `rows` are the first of `marks`."""

    facts: Facts
    rows: list[Row] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    @property
    def more(self) -> int:
        return len(self.marks) - len(self.rows)


class HtmlReport:
    """Memory grows by a few numbers and names for each finding beyond the first `LISTED` of a detection."""

    def __init__(
        self, stream: TextIO, *, zone: str, now: float, earliest: float | None = None, latest: float | None = None
    ) -> None:
        """Times are epoch seconds; the page is as old as `now`, whatever the clock says."""
        self.output = Output(stream, machine=True)
        self.zone = zone
        self.now = now
        self.window = (earliest, latest)
        self.chapters: dict[str, Chapter] = {}

    def write(self, findings: Iterable[Finding]) -> None:
        for each in findings:
            name = each.detection.search_name
            chapter = self.chapters.get(name) or self.chapters.setdefault(name, Chapter(facts(each.detection)))
            chapter.marks.append(mark(each, self.zone))
            if len(chapter.rows) < LISTED:
                chapter.rows.append(row(each, self.zone))

    def close(self, account: RunAccount) -> None:
        from tocsin.sinks.html.page import page  # the template engine is loaded by those who want a page only

        for piece in page(self._values(account)):
            self.output.write(piece)
        self.output.flush()

    def _values(self, account: RunAccount) -> dict[str, object]:
        marks = [each for chapter in self.chapters.values() for each in chapter.marks]
        lanes = {chapter.facts.name: chapter.marks for chapter in self.chapters.values()}
        people, repositories = per_person(marks), per_repository(marks)
        return {
            "version": __version__,
            "zone": visible(self.zone),
            "now": moment(self.now, self.zone),
            "window": [moment(each, self.zone) for each in self.window],
            "numbers": _numbers(account, marks),
            "chapters": list(self.chapters.values()),
            "quiet": [quiet(each) for each in account.detections if self._is_quiet(each)],
            "heat": heat(marks),
            "weekdays": WEEKDAYS,
            "people": people,
            "repositories": repositories,
            "timeline": timeline(lanes, self.zone, *self.window),
            "lane_height": HEIGHT,
            **_closing(account),
        }

    def _is_quiet(self, account: DetectionAccount) -> bool:
        named = {chapter.facts.name for chapter in self.chapters.values()}
        return not account.failed and visible(account.name) not in named


def quiet(account: DetectionAccount) -> str:
    """A detection that ran and found nothing."""
    return f"{visible(account.name)} ({account_text.amount(account.matched, 'record')} matched)"


def _numbers(account: RunAccount, marks: list[Mark]) -> list[tuple[str, str]]:
    """The summary: numbers as written, and what they count."""
    people = {name for each in marks for name in each.people}
    repositories = {name for each in marks for name in each.repositories}
    unread = account.scan.failed + account.scan.unreadable
    counts = [
        (len(marks), "finding"),
        (len({each.detection for each in marks}), "detection with findings"),
        (len(people), "person or machine"),
        (len(repositories), "repository"),
        (max((each.score for each in marks), default=0), "highest score"),
        (account.matched, "record matched"),
        (account.scan.files, "file looked at"),
        (unread, "not readable"),
    ]
    plural = {
        "finding": "findings",
        "detection with findings": "detections with findings",
        "person or machine": "people and machines",
        "repository": "repositories",
        "record matched": "records matched",
        "file looked at": "files looked at",
    }
    return [(f"{count:,}", noun if count == 1 else plural.get(noun, noun)) for count, noun in counts]


def _closing(account: RunAccount) -> dict[str, object]:
    """The account without the seconds that the run took: the same run gives the same page."""
    return {
        "failed": _below(account_text.failed_lines(account)),
        "dropped": _below(account_text.dropped_lines(account)),
        "warnings": account_text.warning_lines(account),
        "problems": _below(account_text.problem_lines(account)),
        "account": account_text.account_line(replace(account, seconds=None)),
    }


def _below(lines: list[str]) -> list[str]:
    """The lines below a heading of the account, without the indent that set them off."""
    return [line.removeprefix("  ") for line in lines[1:]]
