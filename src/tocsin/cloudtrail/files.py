"""The files of a run: what paths, folders and wildcards name, in one order on every file system.

Folders are read whole and in depth, hidden files too, for any file may hold logs; only what operating systems and git
leave behind is passed over. A file that is reached twice, by links or by overlapping paths, is read once.
"""

# As in `walk`:
# ruff: noqa: PTH100, PTH116, PTH118

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from tocsin.cloudtrail.account import Problem
from tocsin.cloudtrail.inflate import STDIN
from tocsin.cloudtrail.keys import may_hold
from tocsin.cloudtrail.memory import growing
from tocsin.cloudtrail.spared import Spared
from tocsin.cloudtrail.walk import expand, has_wildcards, walk


class File(NamedTuple):
    """A path as it will be shown, and its size as stored; 0 if that is not known."""

    path: str
    size: int


class Found(Struct, frozen=True):
    """`pruned` counts files ruled out by the date in their path."""

    files: tuple[File, ...]
    problems: tuple[Problem, ...]
    pruned: int


def find(paths: Sequence[str], earliest: float | None, latest: float | None, written: Iterable[Path] = ()) -> Found:
    """All files under the paths that may hold a record in the window, in the order of the paths, then by name.

    Raises UsageError if a file that is going to be `written` is under the paths, whatever its day.
    """
    search = _Search(earliest, latest, written)
    with growing():
        for path in paths:
            search.add(path)
    return Found(tuple(search.files), tuple(search.problems), search.pruned)


class _Search:
    def __init__(self, earliest: float | None, latest: float | None, written: Iterable[Path]) -> None:
        self.files: list[File] = []
        self.problems: list[Problem] = []
        self.pruned = 0
        self._window = earliest, latest
        self._seen: set[tuple[int, int] | str] = set()
        self._spared = Spared(written)

    def add(self, path: str) -> None:
        if path == STDIN:
            self._spared.standard_input()
            self._keep(STDIN, _standard_input())
        elif os.path.lexists(path) or not has_wildcards(path):
            self._named(path)
        else:
            matched = sorted(set(expand(path, self._problem)))
            if not matched:
                self._problem(path, "matches no file")
            for each in matched:
                self._named(each)

    def _named(self, path: str) -> None:
        """A path that was asked for: it must exist, and may be a pipe."""
        try:
            status = os.stat(path)
        except (OSError, ValueError) as error:
            self._problem(path, _reason(error))
            return
        if stat.S_ISDIR(status.st_mode):
            self._folder(path)
            return
        self._spared.file(status)
        if may_hold(os.path.abspath(path), *self._window):
            self._keep(path, status)
        else:
            self.pruned += 1

    def _folder(self, path: str) -> None:
        root, known, empty = os.path.abspath(path), len(self.problems), True
        for place, entries in walk(path, self._problem):
            empty = False
            if may_hold(os.path.join(root, place[len(path) :].lstrip(os.sep), ""), *self._window):
                for entry in entries:
                    self._entry(entry)
            else:
                self.pruned += len(entries)
                self._spared.unopened(entries)
        if empty and len(self.problems) == known:
            self._problem(path, "holds no files")

    def _entry(self, entry: os.DirEntry[str]) -> None:
        """A file met in a folder: nobody asked for it by name, so a pipe or device is not opened."""
        try:
            status = entry.stat()
        except OSError as error:
            self._problem(entry.path, _reason(error))
            return
        self._spared.file(status)
        if stat.S_ISREG(status.st_mode):
            self._keep(entry.path, status)
        else:
            self._problem(entry.path, "is no regular file")

    def _keep(self, path: str, status: os.stat_result | None = None) -> None:
        """Add a file unless it was reached before."""
        identity = (status.st_dev, status.st_ino) if status is not None and status.st_ino else path
        before = len(self._seen)
        self._seen.add(identity)
        if len(self._seen) > before:
            self.files.append(File(path, status.st_size if status is not None and path != STDIN else 0))

    def _problem(self, path: str, reason: str) -> None:
        self.problems.append(Problem(path, reason))


def _standard_input() -> os.stat_result | None:
    """What tells whether it is a file that is named as well; None if it is closed."""
    try:
        return os.fstat(0)
    except OSError:
        return None


def _reason(error: OSError | ValueError) -> str:
    """In the system's words. A path that no system has, with a NUL in it, each Python refuses in words of its own."""
    return (error.strerror or str(error)).lower() if isinstance(error, OSError) else "is no path"
