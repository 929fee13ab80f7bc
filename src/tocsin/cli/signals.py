"""Signals that ask the process to end: it ends in order, so nothing of the logs stays behind in temporary files."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

_FROM_OUTSIDE = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)
)  # Windows has one
_DEFAULT = {signal.SIGINT: signal.default_int_handler, **dict.fromkeys(_FROM_OUTSIDE, signal.SIG_DFL)}
_received: list[int] = []


class Ended(BaseException):
    """Raised wherever the program is. What is open is closed on the way out, as with Ctrl-C."""


def listen() -> None:
    """Take the signals over, but for those that somebody has handled already or wants ignored, as `nohup` does."""
    owner = os.getpid()

    def end(number: int, _: FrameType | None) -> None:
        if os.getpid() != owner:  # a process forked from this one: it ends as if nobody had listened
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
            return
        _received.append(number)
        _only_keyboard()
        _interrupt()
        raise Ended

    for number, default in _DEFAULT.items():
        if signal.getsignal(number) == default:
            signal.signal(number, end)


def received() -> int | None:
    """The first of the signals that came."""
    return _received[0] if _received else None


def _only_keyboard() -> None:
    """Who ends a program may tell it twice (`timeout` does): clearing up goes on. Ctrl-C ends even that."""
    for number in _FROM_OUTSIDE:
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_IGN)


def _interrupt() -> None:
    """The engine does not look for signals before it is done; it is told, if there is any."""
    execution = sys.modules.get("tocsin.run.execution")
    if execution is not None and hasattr(execution, "interrupt"):
        execution.interrupt()
