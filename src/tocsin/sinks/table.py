"""Findings for people: a table per detection, then what was dropped and why, then the account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TextIO

from tocsin.risk.account import RunAccount
from tocsin.risk.finding import Finding
from tocsin.sinks import grid
from tocsin.sinks.account_text import account_lines
from tocsin.sinks.grid import Page
from tocsin.sinks.groups import Group, arrange, common, details, facts, shown, when
from tocsin.sinks.output import Output
from tocsin.sinks.visible import visible

_MESSAGE = 40  # cells; a message column narrower than this goes below its row
_ROOM_IN_PIPE = 200
_INDENT = 4


class Table:
    """Holds the findings of one detection at a time: columns are as wide as their widest cell."""

    def __init__(self, stream: TextIO, *, zone: str, color: bool, width: int | None) -> None:
        self.output = Output(stream, machine=False)
        self.page = Page(width, color)
        self.zone = zone
        self.some = False

    def write(self, findings: Iterable[Finding]) -> None:
        for _, group in groupby(findings, key=lambda each: each.detection.search_name):
            self._lines(group_lines(self.page, arrange(list(group), self.zone)))
            self._lines([""])
            self.some = True

    def close(self, account: RunAccount) -> None:
        closing = "The records behind each finding: `--format jsonl`." if self.some else "No findings."
        self._lines([self.page.paint(closing, "dim"), ""])
        for line in account_lines(account):
            indent = len(line) - len(line.lstrip())
            self._lines(self.page.wrapped(line.lstrip(), indent))
        self.output.flush()

    def _lines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.output.write(line + "\n")


@dataclass(frozen=True, slots=True)
class _Form:
    """Which columns a group gets, their widths, and whether message and details go below each row."""

    fields: tuple[str, ...]
    widths: list[int]
    message_below: bool
    details_below: bool


def group_lines(page: Page, group: Group) -> Iterator[str]:
    """The heading and the rows of one detection."""
    yield page.paint(visible(group.findings[0].detection.name), "bold")
    for line in page.wrapped(facts(group)) + page.wrapped(common(group)):
        yield page.paint(line, "dim")
    yield ""
    form = _form(page, group)
    heading = [f"when ({visible(group.zone)})", "score", *map(visible, form.fields), "message"]
    yield from grid.row(page, heading[: len(form.widths)], form.widths, ["underline"] * len(form.widths))
    for finding in group.findings:
        yield from _finding_lines(page, group, finding, form)


def _finding_lines(page: Page, group: Group, finding: Finding, form: _Form) -> Iterator[str]:
    cells = _cells(group, finding, form.fields)[: len(form.widths)]
    styles = ["", _severity(finding.score), *["bold"] * len(group.who), *[""] * len(cells)]
    yield from grid.row(page, cells, form.widths, styles[: len(cells)])
    if form.message_below:
        yield from page.wrapped(visible(finding.message), _INDENT)
    if form.details_below and (text := details(group, finding)):
        yield from (page.paint(line, "dim") for line in page.wrapped(text, _INDENT))


def _form(page: Page, group: Group) -> _Form:
    """All in columns if they fit; else the message below; else the remaining fields below too."""
    every = _widths(page, group, (*group.who, *group.rest))
    core = _widths(page, group, group.who)[:-1]
    room = page.width or _ROOM_IN_PIPE
    spare = room - grid.total(every[:-1]) - grid.GAP
    if spare >= min(every[-1], _MESSAGE):
        widths, fields, below = [*every[:-1], min(every[-1], spare)], (*group.who, *group.rest), (False, False)
    elif grid.total(every[:-1]) <= room:
        widths, fields, below = every[:-1], (*group.who, *group.rest), (True, False)
    else:
        widths, fields, below = grid.squeeze(core, room), group.who, (True, True)
    return _Form(fields, widths, *below)


def _widths(page: Page, group: Group, fields: Sequence[str]) -> list[int]:
    heading = (f"when ({visible(group.zone)})", "score", *map(visible, fields), "message")
    rows = (heading, *(_cells(group, finding, fields) for finding in group.findings))
    return [grid.natural(page, column) for column in zip(*rows, strict=True)]


def _cells(group: Group, finding: Finding, fields: Sequence[str]) -> list[str]:
    values = [shown(finding.result.get(name)) for name in fields]
    return [when(group, finding), f"{finding.score:>5}", *values, visible(finding.message)]


def _severity(score: int) -> str:
    return "bold red" if score > 60 else "yellow" if score > 20 else ""
