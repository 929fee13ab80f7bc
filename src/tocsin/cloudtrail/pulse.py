"""What the operating system says of a process: how many threads it has, and whether it is at work."""

from __future__ import annotations

import threading
from pathlib import Path

_PROC = Path("/proc")
_CPU = slice(11, 13)  # among the fields of `stat` behind the name: time for itself, and in the kernel for it


def threads() -> int:
    """Threads of this process, those of compiled libraries too; where no /proc tells them, only Python's own."""
    try:
        return sum(1 for _ in (_PROC / "self" / "task").iterdir())
    except OSError:
        return threading.active_count()


def used(pid: int) -> int | None:
    """How much processor time a process has had, in ticks of the system; None where that is not known."""
    try:
        stat = (_PROC / str(pid) / "stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    return sum(map(int, stat.rpartition(")")[2].split()[_CPU]))
