"""Where a verb's output goes: a file that is whole or not there, or standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from tocsin.diagnostics.errors import UsageError


@contextmanager
def opened(path: Path | None) -> Iterator[TextIO]:
    """Standard output for None or `-`; otherwise a file that appears under its name only when it is complete."""
    if path is None or str(path) == "-":
        yield sys.stdout
        return
    if path.exists() and not path.is_file():  # a device or a pipe: there is nothing to keep whole
        with path.open("w", encoding="utf-8", newline="") as file:
            yield file
        return
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            yield file
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UsageError(f"cannot write {path}: {error.strerror or error}") from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_json(path: Path | None, value: object) -> None:
    """Write a value as indented JSON; None writes nothing."""
    import json

    if path is not None:
        with opened(path) as file:
            file.write(json.dumps(value, indent=2) + "\n")
