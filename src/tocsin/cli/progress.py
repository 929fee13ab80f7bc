"""A progress bar on standard error, on a terminal only."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tocsin.cloudtrail.account import ScanAccount

INTERVAL = 0.1  # seconds between two drawings


@contextmanager
def bar() -> Iterator[Callable[[ScanAccount], None] | None]:
    """A function that draws the scan's account; None where nobody watches."""
    if not sys.stderr.isatty():
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
        rate = account.raw_bytes / 1e6 / max(now - self.started, 1e-3)
        line = (
            f"{account.files:,} files  {rate:,.0f} MB/s  {account.decoded:,} records  {account.candidates:,} candidates"
        )
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()

    def clear(self) -> None:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
