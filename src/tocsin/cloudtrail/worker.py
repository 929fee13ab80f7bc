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

from tocsin.cloudtrail import memory, pulse
from tocsin.cloudtrail.account import ScanAccount
from tocsin.cloudtrail.batch import Sent, pack
from tocsin.cloudtrail.request import Request
from tocsin.cloudtrail.sieve import Sieve
from tocsin.cloudtrail.tasks import Task

GONE = (EOFError, OSError)
_PATIENCE = 5.0  # seconds for a worker to end
_STILL = 120  # looks in a row at which a worker has used no processor time: it hangs


class Worker:
    """One process, and the numbers of the tasks it has been given; `alive` once it has been heard of."""

    def __init__(self, context: Any, request: Request, tasks: dict[int, Task]) -> None:
        self.connection, theirs = context.Pipe()
        self.given: deque[int] = deque()
        self.alive = False
        self._used: int | None = None
        self._still = 0
        self._process: BaseProcess = context.Process(
            target=_work, args=(request, tasks, theirs, self.connection), daemon=True
        )
        self._process.start()
        theirs.close()

    def give(self, waiting: deque[int]) -> None:
        """Hand over the next task. That a worker has died is noticed when it is listened to."""
        if waiting:
            self.given.append(waiting.popleft())
            with contextlib.suppress(*GONE):
                self.connection.send(self.given[-1])

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


def _work(request: Request, tasks: dict[int, Task], ours: Connection, theirs: Connection) -> None:
    """The life of a worker. It ends when it is told, or when the other end of the pipe is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent, which ends us
    theirs.close()
    memory.keep()
    gc.freeze()
    sieve = Sieve(request, ScanAccount())
    with contextlib.suppress(*GONE):
        ours.send(None)
        while (number := ours.recv()) is not None:
            try:
                answer = _read(sieve, tasks[number])
            except MemoryError:
                return
            except Exception:
                ours.send(traceback.format_exc())
                return
            ours.send(answer)


def _read(sieve: Sieve, task: Task) -> tuple[ScanAccount, tuple[tuple[int, Sent], ...]]:
    sieve.account = ScanAccount()
    batches = tuple((want, pack(batch)) for want, batch in sieve.read(task.files))
    return sieve.account, batches
