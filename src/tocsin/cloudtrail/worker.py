"""One process that reads files: how it is started, what it does, whether it is still at work, how it is ended."""

from __future__ import annotations

import contextlib
import gc
import signal
import traceback
from collections import deque
from multiprocessing import get_all_start_methods
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from tocsin.cloudtrail import handover, memory, pulse
from tocsin.cloudtrail.account import ScanAccount
from tocsin.cloudtrail.request import Request
from tocsin.cloudtrail.sieve import Sieve
from tocsin.cloudtrail.tasks import Task

GONE = (EOFError, OSError)
_PATIENCE = 5.0  # seconds for a worker to end
_STILL = 120  # looks in a row at which a worker has used no processor time: it hangs


Work = tuple[Request, dict[int, Task]]


class Worker:
    """One process, and the numbers of the tasks it has been given; `alive` once it has been heard of.

    A forked process has its work. Any other is told once it is there: what is handed over at its start goes through a
    pipe of which Python holds both ends, so that one that dies at once would never be noticed.
    """

    def __init__(self, context: Any, request: Request, tasks: dict[int, Task]) -> None:
        self.connection, theirs = context.Pipe()
        self.given: deque[int] = deque()
        self.alive = False
        self._used: int | None = None
        self._still = 0
        work: Work = request, tasks
        has = context.get_start_method() == "fork"
        self._owed: list[Work | int] = [] if has else [work]
        self._ready = has
        self._process: BaseProcess = context.Process(
            target=_work, args=(work if has else None, theirs, self.connection), daemon=True
        )
        self._process.start()
        theirs.close()

    def give(self, waiting: deque[int]) -> None:
        """Hand over the next task. That a worker has died is noticed when it is listened to."""
        if waiting:
            self.given.append(waiting.popleft())
            self._owed.append(self.given[-1])
            self._pay()

    def heard(self) -> None:
        """It is there, and can be told what it is to do."""
        self.alive = self._ready = True
        self._pay()

    def _pay(self) -> None:
        with contextlib.suppress(*GONE):
            while self._ready and self._owed:
                self.connection.send(self._owed.pop(0))

    def stands_still(self) -> bool:
        """Looks at the process. Looks are counted, not seconds: a machine that sleeps makes nobody late."""
        used = pulse.used(self._process.pid or 0)
        self._still = self._still + 1 if used is not None and used == self._used else 0
        self._used = used
        return self._still >= _STILL

    def end(self) -> None:
        """Workers forked later hold copies of this end of the pipe: closing it is not noticed, so they are told."""
        with contextlib.suppress(*GONE):
            self.connection.send(None)
        self.connection.close()
        if self.given:
            self._process.terminate()
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join(_PATIENCE)  # one that waits for a dead disk cannot even be killed


def method() -> str:
    """Fork is fast, but not on macOS, nor beside threads: a lock that one of them holds is held in the child for ever.

    Engine and Arrow have threads that Python knows nothing of, so the system is asked.
    """
    alone = pulse.threads() == 1
    return "fork" if alone and get_all_start_methods()[0] in ("fork", "forkserver") else "spawn"


def _work(work: Work | None, ours: Connection, theirs: Connection) -> None:
    """The life of a worker. It ends when it is told, or when the other end of the pipe is gone."""
    for name in ("SIGINT", "SIGHUP"):  # Ctrl-C and the end of a terminal reach the parent, which ends us
        if hasattr(signal, name):  # Windows has no terminals that end
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # whatever the parent does at its end, it ends us by this
    theirs.close()
    memory.keep()
    gc.freeze()
    with contextlib.suppress(*GONE):
        ours.send(None)
        work = work or ours.recv()
        if work is None:
            return
        request, tasks = work
        sieve = Sieve(request, ScanAccount())
        while (number := ours.recv()) is not None:
            sieve.account = ScanAccount()
            try:
                parcel = handover.pack(sieve.account, sieve.read(tasks[number].files))
            except MemoryError:
                return
            except Exception:
                ours.send(traceback.format_exc())
                return
            handover.send(ours, parcel)
