"""The members of a zip archive. Nothing is written to disk, so names in it can do no harm."""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from tocsin.cloudtrail.gunzip import Read
from tocsin.cloudtrail.inflate import STDIN


class Archive:
    """`failure` tells what could not be read, once the members have been."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.failure: str | None = None

    def members(self) -> Iterator[tuple[str, Read]]:
        """The name of each member, and what reads it."""
        if self.path == STDIN or not os.path.isfile(self.path):  # noqa: PTH113 - as in `files`
            self.failure = "a zip archive cannot be read from a pipe"
            return
        try:
            with zipfile.ZipFile(self.path) as archive:
                for info in archive.infolist():
                    if not info.is_dir():
                        yield from self._member(archive, info)
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            self.failure = f"broken zip archive: {error}"

    def _member(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[tuple[str, Read]]:
        try:
            member = archive.open(info)
        except (RuntimeError, NotImplementedError, zipfile.BadZipFile, OSError) as error:
            self.failure = f"member {info.filename!r} cannot be read: {error}"
            return
        with member:
            yield info.filename, self._reader(member, info.filename)

    def _reader(self, member: IO[bytes], name: str) -> Read:
        def read(size: int, /) -> bytes:
            try:
                return member.read(size)
            except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
                self.failure = f"member {name!r} cannot be read: {error}"
                return b""

        return read
