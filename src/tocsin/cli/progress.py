"""A progress bar on standard error, on a terminal only, and only while files are read."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tocsin.cli.screen import escapes, width
from tocsin.cloudtrail.account import ScanAccount
from tocsin.config import Settings
from tocsin.content.library import Library
from tocsin.run import Compiled, Execution, execute
from tocsin.sinks.account_text import amount

INTERVAL = 0.1  # seconds between two drawings
_CLEAR = "\r\x1b[K"


@contextmanager
def executed(
    compiled: Sequence[Compiled],
    paths: Sequence[str],
    settings: Settings,
    library: Library,
    written: Sequence[Path] = (),
) -> Iterator[Execution]:
    """`execute` with a bar, which is gone once everything is read: before anything else is written."""
    with ExitStack() as stack:
        with bar() as progress:
            run = stack.enter_context(execute(compiled, paths, settings, library, progress, written))
        yield run


@contextmanager
def bar() -> Iterator[Callable[[ScanAccount], None] | None]:
    """A function that draws the scan's account; None where nobody watches, or the screen cannot take a line back."""
    if not escapes(sys.stderr):
        yield None
        return
    drawn = _Bar(time.monotonic())
    try:
        yield drawn.draw
    finally:
        drawn.clear()


class _Bar:
    """One line, drawn over and over. No thread: the workers are forked from this process."""

    def __init__(self, started: float) -> None:
        self.started = started
        self.last = 0.0

    def draw(self, account: ScanAccount) -> None:
        now = time.monotonic()
        if now - self.last < INTERVAL:
            return
        self.last = now
        line = progress_line(account, now - self.started)
        room = (width(sys.stderr) or 80) - 1  # a line that fills the last column goes on in the next
        self._write(_CLEAR + line[:room])

    def clear(self) -> None:
        if self.last:
            self._write(_CLEAR)

    def _write(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()


def progress_line(account: ScanAccount, seconds: float) -> str:
    """What has been read so far. Which records are findings only the whole search tells, once all are read."""
    rate = account.raw_bytes / 1e6 / max(seconds, 1e-3)
    files, records = amount(account.files, "file"), amount(account.decoded, "record")
    return f"{files}  {rate:,.0f} MB/s  {records}  {account.candidates:,} may match"
