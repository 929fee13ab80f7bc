"""Where a verb's output goes: a file that is whole or not there, or standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from tocsin.diagnostics.errors import UsageError


@contextmanager
def opened(path: Path | None) -> Iterator[TextIO]:
    """Standard output for None or `-`; otherwise a file that appears under its name only when it is complete.

    A device or a pipe is written as it is: nothing is there to keep.
    """
    if path is None or str(path) == "-":
        yield sys.stdout
        return
    check(path)
    device = path.exists() and not path.is_file()
    part = path if device else path.with_name(path.name + ".part")
    with _told(path):
        file = part.open("w", encoding="utf-8", newline="")
    try:
        yield file
        with _told(path):
            file.close()
            if not device:
                part.replace(path)
    except BaseException:
        with suppress(OSError):
            file.close()
        if not device:
            part.unlink(missing_ok=True)
        raise


def check(path: Path | None) -> None:
    """Raise what can be told before there is anything to write: no long run should end in a wrong name."""
    if path is None or str(path) == "-":
        return
    if path.is_dir():
        raise UsageError(f"cannot write {path}: it is a folder")
    if not path.parent.is_dir():
        raise UsageError(f"cannot write {path}: there is no folder {path.parent}")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror or error}") from error


def write_json(path: Path | None, value: object) -> None:
    """Write a value as indented JSON; None writes nothing."""
    import json

    if path is not None:
        with opened(path) as file:
            file.write(json.dumps(value, indent=2) + "\n")
