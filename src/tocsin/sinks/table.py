"""Findings for people: a table per detection, then what was dropped and why, then the account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TextIO

from msgspec import Struct

from tocsin.risk.account import RunAccount
from tocsin.risk.finding import Finding
from tocsin.sinks import grid
from tocsin.sinks.account_text import account_lines
from tocsin.sinks.bounded import cut, is_cut, told
from tocsin.sinks.grid import Page
from tocsin.sinks.groups import Group, arrange, common, details, facts, when
from tocsin.sinks.output import Output
from tocsin.sinks.visible import visible

_MESSAGE = 40  # cells; a message column narrower than this goes below its row
_NARROWEST = 16  # cells; with narrower columns the remaining fields go below, too
_INDENT = 4


class Table:
    """Holds the findings of one detection at a time: columns are as wide as their widest cell."""

    def __init__(self, stream: TextIO, *, zone: str, color: bool, width: int | None) -> None:
        self.output = Output(stream, machine=False)
        self.page = Page(width, color)
        self.zone = zone
        self.some = False
        self.cut = False

    def write(self, findings: Iterable[Finding]) -> None:
        for _, each in groupby(findings, key=lambda each: each.detection.search_name):
            group = list(each)
            self._lines(group_lines(self.page, arrange(group, self.zone)))
            self._lines([""])
            self.some = True
            self.cut = self.cut or any(map(_is_cut, group))

    def close(self, account: RunAccount) -> None:
        self._lines(
            self.page.paint(line, "dim") for line in self.page.wrapped(_closing(account, some=self.some, cut=self.cut))
        )
        self._lines([""])
        for line in account_lines(account):
            indent = len(line) - len(line.lstrip())
            self._lines(self.page.wrapped(line.lstrip(), indent))
        self.output.flush()

    def _lines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.output.write(line + "\n")


def _is_cut(finding: Finding) -> bool:
    return is_cut(finding.message) or any(map(is_cut, finding.result.values()))


def _closing(account: RunAccount, *, some: bool, cut: bool) -> str:
    if cut:
        return "Long values are cut. In full, with the records behind each finding: `--format jsonl`."
    if some:
        return "The records behind each finding: `--format jsonl`."
    return "No findings: no file could be read." if account.scan.nothing_read else "No findings."


class _Form(Struct, frozen=True):
    """Which fields of a group get columns, the widths of all columns, and what goes below each row instead."""

    fields: tuple[str, ...]
    widths: list[int]
    message_below: bool = False
    details_below: bool = False


def group_lines(page: Page, group: Group) -> Iterator[str]:
    """The heading and the rows of one detection."""
    yield from (page.paint(line, "bold") for line in page.wrapped(visible(group.findings[0].detection.name)))
    for line in page.wrapped(facts(group)) + page.wrapped(common(group)):
        yield page.paint(line, "dim")
    yield ""
    form = _form(page, group)
    heading = _heading(page, group, form.fields)[: len(form.widths)]
    yield from grid.row(page, heading, form.widths, ["underline"] * len(heading))
    for finding in group.findings:
        yield from _finding_lines(page, group, finding, form)


def _finding_lines(page: Page, group: Group, finding: Finding, form: _Form) -> Iterator[str]:
    cells = _cells(page, group, finding, form.fields)[: len(form.widths)]
    before = len(_when(page, group, finding))
    styles = [*[""] * before, _severity(finding.score), *["bold"] * len(group.who), *[""] * len(cells)]
    yield from grid.row(page, cells, form.widths, styles[: len(cells)])
    if form.message_below:
        yield from page.wrapped(cut(finding.message), _INDENT)
    if form.details_below and (text := details(group, finding)):
        yield from (page.paint(line, "dim") for line in page.wrapped(text, _INDENT))


def _form(page: Page, group: Group) -> _Form:
    """All in columns if they fit, as in a pipe they do; else the message below; else the remaining fields, too."""
    every = (*group.who, *group.rest)
    *widths, message = _widths(page, group, every)
    if page.width is None:
        return _Form(every, [*widths, message])
    spare = page.width - grid.total(widths) - grid.GAP
    if spare >= min(message, _MESSAGE):
        return _Form(every, [*widths, min(message, spare)])
    squeezed = _squeezed(widths, page.width, _NARROWEST)
    if grid.total(squeezed) <= page.width:
        return _Form(every, squeezed, message_below=True)
    *core, _ = _widths(page, group, group.who)
    fitting = _squeezed(core, page.width, grid.NARROWEST)
    return _Form(group.who, grid.squeeze(fitting, page.width), message_below=True, details_below=True)


def _squeezed(widths: list[int], room: int, narrowest: int) -> list[int]:
    """Time and score stay as wide as they are; the others give way."""
    kept, others = widths[:2], widths[2:]
    return kept + grid.squeeze(others, room - grid.total(kept) - grid.GAP, narrowest)


def _widths(page: Page, group: Group, fields: Sequence[str]) -> list[int]:
    rows = [_cells(page, group, finding, fields) for finding in group.findings]
    return [grid.natural(page, column) for column in zip(_heading(page, group, fields), *rows, strict=True)]


def _heading(page: Page, group: Group, fields: Sequence[str]) -> list[str]:
    zone = visible(group.zone)
    times = [f"when ({zone})"] if page.width else [f"when ({zone})", "last", "records"]
    return [*times, "score", *map(visible, fields), "message"]


def _cells(page: Page, group: Group, finding: Finding, fields: Sequence[str]) -> list[str]:
    values = [told(finding.result.get(name, ())) for name in fields]
    return [*_when(page, group, finding), f"{finding.score:>5}", *values, cut(finding.message)]


def _when(page: Page, group: Group, finding: Finding) -> list[str]:
    """One cell of up to three lines on a screen; three cells in a pipe."""
    first, last, records = when(group, finding)
    if page.width is None:
        return [first, last, str(finding.event_count)]
    return ["\n".join(filter(None, (first, last and f"to {last}", records)))]


def _severity(score: int) -> str:
    return "bold red" if score > 60 else "yellow" if score > 20 else ""
