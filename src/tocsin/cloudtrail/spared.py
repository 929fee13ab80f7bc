"""Logs that an option would overwrite: what is read is not written, for it may be the only copy."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from tocsin.diagnostics.errors import UsageError


class Spared:
    """Knows the files that will be written, by what the system tells them apart by; raises UsageError for each."""

    def __init__(self, written: Iterable[Path]) -> None:
        self._written: dict[tuple[int, int], Path] = {}
        for path in written:
            with suppress(OSError):
                status = path.stat()
                if stat.S_ISREG(status.st_mode):
                    self._written[status.st_dev, status.st_ino] = path
        self._numbers = {number for _, number in self._written}

    def file(self, status: os.stat_result) -> None:
        path = self._written.get((status.st_dev, status.st_ino))
        if path is not None:
            raise UsageError(f"cannot write {path}: it is one of the files to be read; give another name")

    def standard_input(self) -> None:
        with suppress(OSError):
            self.file(os.fstat(0))

    def unopened(self, entries: Sequence[os.DirEntry[str]]) -> None:
        """Files of other days, of which nothing but the name was looked at: so the system is asked only if need be."""
        for entry in entries if self._numbers else ():
            if entry.inode() in self._numbers or entry.is_symlink():
                with suppress(OSError):
                    self.file(entry.stat())
