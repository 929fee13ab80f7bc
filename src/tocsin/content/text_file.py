"""Reads one small text file, bounded: regular, UTF-8, free of control characters."""

from __future__ import annotations

import re
from pathlib import Path

from tocsin.diagnostics import Diagnostic
from tocsin.diagnostics.catalogue import content as catalogue
from tocsin.source import Source, Span

MAX_BYTES = 4 << 20

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")


def read_source(path: Path, limit: int = MAX_BYTES) -> Source | Diagnostic:
    """The file as a source named by its path; a byte order mark is dropped.

    A file that is no regular file (a pipe would block), too large, not UTF-8, or that holds control characters
    gives the diagnostic instead.
    """
    data = read_bytes(path, limit)
    if isinstance(data, Diagnostic):
        return data
    try:
        source = Source(str(path), data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return catalogue.not_utf8(str(path), data[: error.start].count(b"\n") + 1)
    found = _CONTROL.search(source.text)
    if found:
        return catalogue.control_character(found.group(), Span(source, *found.span()))
    return source


def read_bytes(path: Path, limit: int) -> bytes | Diagnostic:
    """The file's bytes, if it is a regular file of at most `limit` bytes."""
    try:
        if not path.exists():
            return catalogue.unreadable_file(str(path), "it does not exist")
        if not path.is_file():
            return catalogue.unreadable_file(str(path), "not a regular file")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except (OSError, ValueError) as error:
        return catalogue.unreadable_file(str(path), getattr(error, "strerror", None) or str(error))
    return data if len(data) <= limit else catalogue.too_large(str(path), limit)
