"""The memory of a process that reads many files: kept for the next file, and not searched for garbage in vain."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_TRIM_THRESHOLD = -1  # numbers of glibc's mallopt
_MMAP_THRESHOLD = -3
_NEVER = 1 << 30


def keep() -> None:
    """Let freed blocks be used again: fresh pages cost a third of the time of decompressing into them.

    For glibc; elsewhere nothing happens.
    """
    if sys.platform != "linux":
        return
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return
    mallopt(_MMAP_THRESHOLD, _NEVER)
    mallopt(_TRIM_THRESHOLD, _NEVER)


@contextmanager
def growing() -> Iterator[None]:
    """While many small things are made that all stay, such as a list of files: no search for garbage among them.

    Python would look through all of them again and again as they become more, which takes longer than making them.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
