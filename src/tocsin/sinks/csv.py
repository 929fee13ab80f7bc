"""Findings and rows as CSV for spreadsheets, with cells that no spreadsheet will run."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from tocsin.risk.account import RunAccount
from tocsin.risk.finding import Finding, Value
from tocsin.sinks.output import Output
from tocsin.sinks.visible import visible

# Spreadsheets take a cell for a formula by its first character; the wide forms count in some locales.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def cell(value: Value) -> str:
    """A value as a cell: the values of a multivalue field one a line, a missing one empty.

    A text that a spreadsheet would run gets an apostrophe in front; a plain number (`-1`) is left a number.
    Control characters are written as escapes, so a line feed in a cell always parts two values.
    """
    if value is None:
        return ""
    text = visible(value) if isinstance(value, str) else "\n".join(visible(each) for each in value)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


class FindingsCsv:
    """Columns: detection, score, message, then the fields of all results in the order in which they come up.

    The heading needs every finding, so the rows wait in memory until the end.
    """

    def __init__(self, stream: TextIO) -> None:
        self.output = Output(stream, machine=True)
        self.kept: list[tuple[str, int, str, dict[str, str | tuple[str, ...]]]] = []

    def write(self, findings: Iterable[Finding]) -> None:
        self.kept.extend((each.detection.name, each.score, each.message, each.result) for each in findings)

    def close(self, account: RunAccount) -> None:
        names = tuple(dict.fromkeys(name for *_, result in self.kept for name in result))
        rows = ((found, str(score), text, *map(result.get, names)) for found, score, text, result in self.kept)
        write_csv(self.output, ("detection", "score", "message", *names), rows)


def write_csv(output: Output, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """A heading and rows, each ended by a line feed. Names of fields are data too and are defused alike."""
    writer = csv.writer(output, lineterminator="\n")
    for row in _with_heading(columns, rows):
        writer.writerow([cell(value) for value in row])
    output.flush()


def _with_heading(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[Sequence[Value]]:
    yield columns
    yield from rows
