"""Standard streams that whoever started us has closed (`>&-`, some daemons): Python has None in their place."""

from __future__ import annotations

import os
import sys


def open_closed() -> None:
    """Put something where a stream is closed: input is empty, words to standard error go nowhere.

    Output that nobody takes is an error, as on a full disk: findings would be lost in silence.
    The descriptors are taken, too; else the next file opened gets one of them, and what a library prints ends up in it.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            _take(number)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 - to the end


def _take(number: int) -> None:
    try:
        os.fstat(number)
    except OSError:
        null = os.open(os.devnull, os.O_RDONLY if number == 1 else os.O_RDWR)
        if null != number:
            os.dup2(null, number)
            os.close(null)
