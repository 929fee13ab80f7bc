"""The command line on a terminal: a pseudo-terminal of a given width, and everything that was written to it."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

from tests.docs.console import ROOT


def on_terminal(*arguments: str | Path, columns: int = 120, **environment: str) -> str:
    """Standard output and standard error, as they came."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    plain = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR")}
    command = [sys.executable, "-m", "tocsin", *map(str, arguments)]
    process = subprocess.Popen(
        command, stdout=theirs, stderr=theirs, cwd=ROOT, env={**plain, "TERM": "xterm-256color", **environment}
    )
    os.close(theirs)
    try:
        return _read(ours).replace("\r\n", "\n")
    finally:
        os.close(ours)
        process.wait(60)


def _read(terminal: int) -> str:
    """All that comes, until nobody holds the other end."""
    parts: list[bytes] = []
    while True:
        try:
            part = os.read(terminal, 1 << 16)
        except OSError:  # so Linux tells the end
            part = b""
        if not part:
            return b"".join(parts).decode()
        parts.append(part)
