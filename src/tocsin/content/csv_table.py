"""Reads a lookup's CSV file, bounded: the first row names the columns, all cells are text."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from tocsin.content.text_file import read_bytes
from tocsin.diagnostics import Diagnostic
from tocsin.diagnostics.catalogue import content as catalogue

MAX_BYTES = 64 << 20

Table = tuple[tuple[str, ...], tuple[tuple[str, ...], ...], tuple[Diagnostic, ...]]


def read_table(path: Path, limit: int = MAX_BYTES) -> Table:
    """Columns, rows and problems. A short row is filled with empty cells, what has no column is dropped."""
    data = read_bytes(path, limit)
    if isinstance(data, Diagnostic):
        return (), (), (data,)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return (), (), (catalogue.not_utf8(str(path), data[: error.start].count(b"\n") + 1),)
    try:
        return _table(csv.reader(StringIO(text, newline="")), str(path))
    except csv.Error as error:
        return (), (), (catalogue.lookup_csv(str(path), str(error)),)


def _table(reader: Iterator[list[str]], where: str) -> Table:
    columns = tuple(name.strip() for name in next(reader, []))
    if not any(columns):
        return (), (), (catalogue.lookup_csv(where, "it has no header"),)
    if len(set(columns)) < len(columns):
        return (), (), (catalogue.lookup_csv(where, "its header names a column twice"),)
    width, rows, odd = len(columns), list[tuple[str, ...]](), list[int]()
    for number, row in enumerate(reader, 2):
        if not row:
            continue
        if len(row) != width:
            odd.append(number)
        rows.append((*row[:width], *[""] * (width - len(row))))
    problems = (catalogue.lookup_ragged(where, len(odd), odd[0]),) if odd else ()
    return columns, tuple(rows), problems
