"""Run a command as a whole process: its time, its processor time, and the peak memory of it and all its children."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_PAUSE = 0.01  # seconds between two looks at memory
_LONG_PAUSE = 0.25  # the same where time is measured too: few enough to cost nothing


class FailedError(Exception):
    """The command ended with another code than 0; the message is the end of its standard error."""


@dataclass(frozen=True)
class Run:
    """`seconds` by the clock, `cpu` of the process and all children it waited for, `output` what it printed.

    `peak` is as of `peak_memory`, from few looks; 0 if nobody looked.
    """

    seconds: float
    cpu: float
    output: str
    peak: int = 0


def run(command: Sequence[str | Path], *, limit: float = 3600, watch: bool = False) -> Run:
    """Run it once and wait."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, stdin=subprocess.DEVNULL)
        killer = threading.Timer(limit, process.kill)
        killer.start()
        watcher = _Watcher(process.pid) if watch else None
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        killer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise FailedError(f"exit code {process.returncode}: {_text(err)[-500:].strip()}")
        return Run(seconds, usage.ru_utime + usage.ru_stime, _text(out), watcher.peak() if watcher else 0)


def _text(file: object) -> str:
    file.seek(0)  # type: ignore[attr-defined]
    return file.read().decode(errors="replace")  # type: ignore[attr-defined]


def peak_memory(command: Sequence[str | Path]) -> int:
    """Bytes: the highest sum over the process and its descendants, pages that they share counted once.

    A run of its own, since looking costs time. Sampled, so a spike shorter than 10 ms can be missed.
    """
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        peak = max(peak, _memory(process.pid))
        time.sleep(_PAUSE)
    return peak


class _Watcher:
    """Looks at a process's memory now and then, until it is asked."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def peak(self) -> int:
        self._over.set()
        self._thread.join()
        return self._peak

    def _look(self) -> None:
        while not self._over.wait(_LONG_PAUSE):
            self._peak = max(self._peak, _memory(self._pid))


def _memory(pid: int) -> int:
    return sum(_proportional(each) for each in _family(pid))


def _family(pid: int) -> Iterator[int]:
    yield pid
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))


def _proportional(pid: int) -> int:
    """The process's share of its pages (Pss); its resident set where the kernel does not tell."""
    for name, field in (("smaps_rollup", "Pss:"), ("status", "VmRSS:")):
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{pid}/{name}").read_text().splitlines():
                if line.startswith(field):
                    return int(line.split()[1]) * 1024
    return 0
