"""Writing text out, with one clear message when it cannot be written."""

from __future__ import annotations

import io
from typing import TextIO

from tocsin.diagnostics.errors import TocsinError


class OutputError(TocsinError):
    """The output cannot be written: the disk is full, the device is gone."""


class Output:
    """A text stream whose troubles are an `OutputError`; a reader who left stays a `BrokenPipeError`."""

    def __init__(self, stream: TextIO, *, machine: bool) -> None:
        """A `machine` format is UTF-8 with line feeds wherever it runs; for people, the terminal's own encoding."""
        self.stream = stream
        if isinstance(stream, io.TextIOWrapper):
            if machine:
                stream.reconfigure(encoding="utf-8", errors="strict", newline="\n")
            else:
                stream.reconfigure(errors="backslashreplace")

    def write(self, text: str) -> int:
        try:
            return self.stream.write(text)
        except OSError as error:
            raise _told(error) from error

    def flush(self) -> None:
        try:
            self.stream.flush()
        except OSError as error:
            raise _told(error) from error


def _told(error: OSError) -> Exception:
    if isinstance(error, BrokenPipeError):
        return error
    return OutputError(f"cannot write the output: {error.strerror or error}")
