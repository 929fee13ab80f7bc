"""The places that options name for output: found, and judged before anything is read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path

from tocsin.diagnostics.errors import UsageError

_STANDARD = ("-", "/dev/stdout")


def place_of(path: Path | None) -> Path | None:
    """The file that a path names, links followed; None for standard output."""
    if path is None or str(path) in _STANDARD:
        return None
    return path if is_device(path) else Path(os.path.realpath(path))  # what a pipe's link leads to has no name


def check(written: Mapping[str, Path | None], read: Mapping[str, Sequence[Path]] | None = None) -> tuple[Path, ...]:
    """Raise what can be told before there is anything to write: no long run should end in a wrong name.

    Files by the options that name them, those to be written and those that are read besides the logs. Returns the
    places that will be written, which no log may be.
    """
    named = {option: path for option, path in written.items() if path is not None and place_of(path) is not None}
    for path in named.values():
        _check(path)
    files = {option: path for option, path in named.items() if not is_device(path)}
    for (one, path), (other, second) in combinations(files.items(), 2):
        if place_of(path) == place_of(second):
            raise UsageError(f"cannot write {path}: {one} and {other} both name it")
    for option, paths in (read or {}).items():
        for path in files.values():
            if place_of(path) in map(place_of, paths):
                raise UsageError(f"cannot write {path}: {option} reads it")
    return tuple(filter(None, map(place_of, files.values())))


def _check(path: Path) -> None:
    place = place_of(path) or path
    with told(path):
        if place.is_dir():
            raise UsageError(f"cannot write {path}: it is a folder")
        if not place.parent.is_dir():
            raise UsageError(f"cannot write {path}: there is no folder {place.parent}")
        if place.exists() and not os.access(place, os.W_OK):
            raise UsageError(f"cannot write {path}: Permission denied")
        if not is_device(path) and not os.access(place.parent, os.W_OK | os.X_OK):
            raise UsageError(f"cannot write {path}: nothing can be written into the folder {place.parent}")


def is_device(path: Path) -> bool:
    """Whether it is neither a file nor a folder, but a device or a pipe: that is written as it is."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """What the system says against a file, in one line."""
    try:
        yield
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror or error}") from error
