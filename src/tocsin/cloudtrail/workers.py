"""Processes that read files: started before anything heavy is loaded, fed task by task, never waited for in vain.

A worker sends back what each task gave: the account and the batches. If it dies (killed for want of memory), the task
under way counts as failed, and the others go on.
"""

from __future__ import annotations

import contextlib
import gc
import signal
import threading
import traceback
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from tocsin.cloudtrail import memory
from tocsin.cloudtrail.account import ScanAccount
from tocsin.cloudtrail.batch import Sent, pack
from tocsin.cloudtrail.request import Request
from tocsin.cloudtrail.sieve import Sieve
from tocsin.cloudtrail.tasks import Task

_AHEAD = 2  # tasks that a worker has at a time: the next is there when one is done
_PATIENCE = 5.0  # seconds for a worker to end
_GONE = (EOFError, OSError)


class WorkerError(RuntimeError):
    """An error of ours in a worker; the text is its traceback."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a task gave: its batches by want, and the account; without one the task was lost."""

    task: Task
    account: ScanAccount | None = None
    batches: tuple[tuple[int, Sent], ...] = ()


class Workers:
    """Processes at work on one request; they begin at once. Close them, whatever happens."""

    def __init__(self, request: Request, tasks: Sequence[Task], count: int) -> None:
        self._tasks = {task.number: task for task in tasks}
        self._waiting = deque(self._tasks)
        context = get_context(_method())
        self._workers = [_Worker(context, request, self._tasks) for _ in range(min(count, len(tasks)))]
        for _ in range(_AHEAD):
            for worker in self._workers:
                worker.give(self._waiting)

    def results(self) -> Iterator[Done]:
        """What the tasks gave, as they finish. Tasks for which no worker is left are not among them."""
        while busy := {worker.connection: worker for worker in self._workers if worker.given}:
            for connection in wait(list(busy)):
                yield self._listen(busy[connection])

    def left(self) -> list[Task]:
        """Tasks that nobody has begun."""
        return [self._tasks[number] for number in sorted(self._waiting)]

    def close(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _listen(self, worker: _Worker) -> Done:
        try:
            answer = worker.connection.recv()
        except _GONE:
            return self._bury(worker)
        task = self._tasks[worker.given.popleft()]
        worker.give(self._waiting)
        if isinstance(answer, str):
            raise WorkerError(answer)
        account, batches = answer
        return Done(task, account, batches)

    def _bury(self, worker: _Worker) -> Done:
        """A worker has died over the first of its tasks; it has not begun the others."""
        task = self._tasks[worker.given.popleft()]
        self._waiting.extendleft(reversed(worker.given))
        worker.given.clear()
        self._workers.remove(worker)
        worker.end()
        for other in self._workers:
            while len(other.given) < _AHEAD and self._waiting:
                other.give(self._waiting)
        return Done(task)


class _Worker:
    """One process, and the numbers of the tasks it has been given."""

    def __init__(self, context: Any, request: Request, tasks: dict[int, Task]) -> None:
        self.connection, theirs = context.Pipe()
        self.given: deque[int] = deque()
        self._process: BaseProcess = context.Process(
            target=_work, args=(request, tasks, theirs, self.connection), daemon=True
        )
        self._process.start()
        theirs.close()

    def give(self, waiting: deque[int]) -> None:
        """Hand over the next task. That a worker has died is noticed when it is listened to."""
        if waiting:
            self.given.append(waiting.popleft())
            with contextlib.suppress(*_GONE):
                self.connection.send(self.given[-1])

    def end(self) -> None:
        """Workers forked later hold copies of this end of the pipe: closing it is not noticed, so they are told."""
        with contextlib.suppress(*_GONE):
            self.connection.send(None)
        self.connection.close()
        if self.given:
            self._process.terminate()
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _method() -> str:
    """Fork is fast, but not safe beside threads, nor on macOS."""
    alone = threading.active_count() == 1
    return "fork" if alone and get_all_start_methods()[0] in ("fork", "forkserver") else "spawn"


def _work(request: Request, tasks: dict[int, Task], ours: Connection, theirs: Connection) -> None:
    """The life of a worker. It ends when it is told, or when the other end of the pipe is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent, which ends us
    theirs.close()
    memory.keep()
    gc.freeze()
    sieve = Sieve(request, ScanAccount())
    with contextlib.suppress(*_GONE):
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
