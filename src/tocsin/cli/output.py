"""Where a verb's output goes: a file that is whole or not there, or standard output."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TextIO

from tocsin.cli.places import is_device, place_of, told
from tocsin.cloudtrail.walk import unfinished


@contextmanager
def opened(path: Path | None) -> Iterator[TextIO]:
    """Standard output for None or `-`; otherwise a file that appears under its name only when it is complete.

    A device or a pipe is written as it is: nothing is there to keep.
    """
    place = place_of(path)
    if path is None or place is None:
        yield sys.stdout
        return
    with told(path):
        file, part = (place.open("w", encoding="utf-8", newline=""), None) if is_device(place) else _beside(place)
    try:
        yield file
        with told(path):
            file.close()
            if part:
                part.replace(place)
    except BaseException:
        with suppress(OSError):
            file.close()
        if part:
            part.unlink(missing_ok=True)
        raise


def _beside(place: Path) -> tuple[TextIO, Path]:
    """A new file in the same folder, with the rights of the one that it will replace."""
    old = place.stat() if place.exists() else None
    mode = stat.S_IMODE(old.st_mode) if old else 0o666
    for number in count():
        part = place.with_name(unfinished(f"{os.getpid()}-{number}"))
        with suppress(FileExistsError):  # of a run in another container, or of one that was killed
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
            break
    if old and hasattr(os, "fchown"):
        with suppress(OSError):  # only an administrator may give a file away
            os.fchown(descriptor, old.st_uid, old.st_gid)
        os.fchmod(descriptor, mode)
    return os.fdopen(descriptor, "w", encoding="utf-8", newline=""), part


def write_json(path: Path | None, value: object) -> None:
    """Write a value as indented JSON; None writes nothing."""
    import json

    if path is not None:
        with opened(path) as file:
            file.write(json.dumps(value, indent=2) + "\n")
