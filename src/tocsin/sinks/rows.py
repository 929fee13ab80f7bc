"""Rows of `tocsin search`: the same formats for any columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TextIO

from tocsin.engine.protocol import Result, Row
from tocsin.sinks import grid
from tocsin.sinks.csv import write_csv
from tocsin.sinks.grid import Page
from tocsin.sinks.groups import shown
from tocsin.sinks.json_text import json_line
from tocsin.sinks.output import Output
from tocsin.sinks.times import moment
from tocsin.sinks.visible import visible

_MEASURED = 1000  # rows that decide the widths of columns; later rows are folded to them
_MOMENT = len("Sat 2026-03-07 11:02:45")
_EPOCH = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_READABLE = 16  # cells; where columns would be narrower, each row becomes a list of names and values


def write_rows(
    form: str, result: Result, stream: TextIO, *, zone: str, color: bool = False, width: int | None = None
) -> None:
    """Write all rows in their order and flush; `form` is a key of `ROWS`. Rows are not held in memory.

    As JSON a row is a flat object: text, or a list of text for a multivalue field; missing fields are absent.
    In the table a `_time` that is a number is a moment in `zone`, however the search made it: values of SPL have no
    type that could say otherwise. Elsewhere it stays what it is, epoch seconds.
    """
    ROWS[form](result, stream, zone, Page(width, color))


def _jsonl(result: Result, stream: TextIO, zone: str, page: Page) -> None:
    output = Output(stream, machine=True)
    for row in result.rows:
        pairs = zip(result.columns, row.values, strict=True)
        output.write(json_line({name: value for name, value in pairs if value is not None}))
    output.flush()


def _csv(result: Result, stream: TextIO, zone: str, page: Page) -> None:
    write_csv(Output(stream, machine=True), result.columns, (row.values for row in result.rows))


def _table(result: Result, stream: TextIO, zone: str, page: Page) -> None:
    output = Output(stream, machine=False)
    for line in _lines(result, zone, page):
        output.write(line + "\n")
    output.flush()


ROWS: dict[str, Callable[[Result, TextIO, str, Page], None]] = {"table": _table, "jsonl": _jsonl, "csv": _csv}


def _lines(result: Result, zone: str, page: Page) -> Iterator[str]:
    names = [f"_time ({visible(zone)})" if name == "_time" else visible(name) for name in result.columns]
    rows = (_cells(result.columns, row, zone) for row in result.rows)
    head = list(islice(rows, _MEASURED))
    if not head:
        yield "No rows."
        return
    widths = [grid.natural(page, column) for column in zip(names, *head, strict=True)]
    if page.width is not None and grid.total([min(width, _READABLE) for width in widths]) > page.width:
        yield from _lists(page, names, chain(head, rows))
    else:
        yield from _columns(page, names, widths, chain(head, rows))


def _columns(page: Page, names: Sequence[str], widths: list[int], rows: Iterable[list[str]]) -> Iterator[str]:
    fitting = widths if page.width is None else _squeezed(widths, page.width)
    yield from grid.row(page, names, fitting, ["underline"] * len(names))
    for cells in rows:
        yield from grid.row(page, cells, fitting, [""] * len(names))


def _squeezed(widths: Sequence[int], room: int) -> list[int]:
    """Columns wider than a moment give way; the others only where that is not enough."""
    wide = [width for width in widths if width > _MOMENT]
    kept = grid.total(widths) - grid.total(wide)
    fitting = iter(grid.squeeze(wide, room - kept))
    return grid.squeeze([next(fitting) if width > _MOMENT else width for width in widths], room)


def _lists(page: Page, names: Sequence[str], rows: Iterable[list[str]]) -> Iterator[str]:
    """Each row as a list: too many columns for the width."""
    room = page.width or 0
    name_width = min(max(grid.natural(page, names), 1), room // 3)
    for number, cells in enumerate(rows, start=1):
        yield page.paint(f"row {number:,}", "bold")
        for name, cell in zip(names, cells, strict=True):
            if cell:
                widths = [name_width, max(room - name_width - grid.GAP, 1)]
                yield from grid.row(page, [name, cell], widths, ["dim", ""])


def _cells(columns: Sequence[str], row: Row, zone: str) -> list[str]:
    return [_cell(name, value, zone) for name, value in zip(columns, row.values, strict=True)]


def _cell(name: str, value: str | tuple[str, ...] | None, zone: str) -> str:
    if name == "_time" and isinstance(value, str) and _EPOCH.fullmatch(value):
        return moment(float(value), zone)
    return shown(value)
