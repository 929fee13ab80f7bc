"""A comparison for people: how many findings went and came, then which, whose clock says so, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from tocsin.risk.comparison import Change, Comparison, Kind, Push
from tocsin.sinks import grid
from tocsin.sinks.grid import Page
from tocsin.sinks.times import moment
from tocsin.sinks.visible import visible

_SHOWN = 40  # lines of a section; the rest are counted
_HEADINGS = ("when ({zone})", "pushes", "who", "image", "their clock", "now", "before")
EXPLAINED = ("new", "new_failed")  # sections that say why the original is silent
_INDENT = 2
_NARROWEST = 8  # cells

SECTIONS: tuple[tuple[Kind, str], ...] = (
    ("gone", "Gone: only the original reports them"),
    ("new", "New: the original does not report them"),
    ("lowered", "Lowered: they failed, and are scored as such"),
    ("new_failed", "New, and scored as failed"),
    ("both", "Reported by both"),
)


class Line(Struct):
    """Pushes of the same image with the same reasons; the first of them."""

    first: Change
    count: int = 0


def comparison_lines(comparison: Comparison, page: Page, zone: str) -> Iterator[str]:
    """Everything, as lines; `zone` is that of the times."""
    yield page.paint(f"What changes against {comparison.original}", "bold")
    yield from page.wrapped(totals(comparison))
    for kind, title in SECTIONS:
        changes = [change for change in comparison.changes if change.kind == kind]
        if changes:
            yield ""
            yield f"{page.paint(title, 'bold')} ({comparison.counts[kind]:,})"
            yield from _section(changes, page, zone)
    if comparison.not_listed:
        yield ""
        yield f"and {_pushes(comparison.not_listed)} more that the lists do not hold"


def totals(comparison: Comparison) -> str:
    """Pushes by kind, in a line."""
    counts = comparison.counts
    parts = {
        "gone": f"{counts['gone']:,} no longer reported",
        "new": f"{counts['new']:,} new",
        "lowered": f"{counts['lowered']:,} lowered as failed",
        "new_failed": f"{counts['new_failed']:,} new as failed",
        "both": f"{counts['both']:,} reported by both",
        "neither": f"{counts['neither']:,} by neither",
    }
    return f"{_pushes(comparison.pushes)}: {', '.join(parts.values())}"


def _pushes(count: int) -> str:
    return "1 push" if count == 1 else f"{count:,} pushes"


def _section(changes: list[Change], page: Page, zone: str) -> Iterator[str]:
    lines = grouped(changes)
    headings = [heading.format(zone=visible(zone)) for heading in _HEADINGS]
    columns = len(headings) if changes[0].kind in EXPLAINED else len(headings) - 1
    rows = [row[:columns] for row in (headings, *(cells(each, zone) for each in lines[:_SHOWN]))]
    widths = _widths(rows, page)
    for number, row in enumerate(rows):
        styles = ["underline" if number == 0 else ""] * columns
        yield from (" " * _INDENT + line for line in grid.row(page, row, widths, styles))
    if len(lines) > _SHOWN:
        yield f"{' ' * _INDENT}and {len(lines) - _SHOWN:,} more lines like these"


def _widths(rows: list[list[str]], page: Page) -> list[int]:
    """Time and number stay as wide as they are; the others give way."""
    widths = [grid.natural(page, column) for column in zip(*rows, strict=True)]
    if page.width is None:
        return widths
    kept, others = widths[:2], widths[2:]
    return [*kept, *grid.squeeze(others, page.width - grid.total(kept) - grid.GAP - _INDENT, _NARROWEST)]


def grouped(changes: list[Change]) -> list[Line]:
    """In the order of the first push of each."""
    lines: dict[tuple[str, ...], Line] = {}
    for change in changes:
        push = change.push
        key = (push.account, push.user, _image(push), push.calendar, push.reason, change.now)
        line = lines.setdefault(key, Line(change))
        line.count += 1
    return list(lines.values())


def cells(line: Line, zone: str) -> list[str]:
    """When, how many pushes, who, image, their clock, what ours makes of it, what the original does."""
    change, push = line.first, line.first.push
    when, clock = moment(push.time, zone)[:-3], _clock(push.local_time, push.zone)
    texts = (when, f"{line.count:>6,}", push.user, _image(push), clock, change.now, change.before)
    return [visible(text) for text in texts]


def _image(push: Push) -> str:
    if push.tag:
        return f"{push.repository}:{push.tag}"
    return f"{push.repository} by digest" if push.digest else push.repository


def _clock(local_time: str, zone: str) -> str:
    """`Tue 09:41 Sydney`."""
    place = zone.rpartition("/")[2].replace("_", " ")
    return f"{datetime.fromisoformat(local_time):%a %H:%M} {place}" if local_time else ""
