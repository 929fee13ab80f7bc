"""Processes that read files: started before anything heavy is loaded, fed task by task, never waited for in vain.

A worker says that it is there, then sends back what each task gave: the account and the batches. If it dies (killed for
want of memory) or stands still, the task under way counts as failed, and the others go on. If it never came to life,
its tasks are as good as new.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import wait

from msgspec import Struct

from tocsin.cloudtrail import handover
from tocsin.cloudtrail.account import ScanAccount
from tocsin.cloudtrail.request import Request
from tocsin.cloudtrail.tasks import Task
from tocsin.cloudtrail.worker import GONE, Worker, method

_AHEAD = 2  # tasks that a worker has at a time: the next is there when one is done
_LOOK = 1.0  # seconds without any answer, then all are looked at


class WorkerError(RuntimeError):
    """An error of ours in a worker; the text is its traceback."""


class Done(Struct, frozen=True):
    """What a task gave: its batches by want, and the account; without one the task was lost."""

    task: Task
    account: ScanAccount | None = None
    batches: handover.Batches = ()


class Workers:
    """Processes at work on one request; they begin at once. Close them, whatever happens."""

    def __init__(self, request: Request, tasks: Sequence[Task], count: int) -> None:
        self._tasks = {task.number: task for task in tasks}
        self._waiting = deque(self._tasks)
        context = get_context(method())
        self._workers: list[Worker] = []
        for _ in range(min(count, len(tasks))):
            with contextlib.suppress(OSError):  # no room for another process; what nobody reads is left
                self._workers.append(Worker(context, request, self._tasks))
        for _ in range(_AHEAD):
            for worker in self._workers:
                worker.give(self._waiting)

    def results(self) -> Iterator[Done]:
        """What the tasks gave, as they finish. Tasks for which no worker is left are not among them."""
        while busy := {worker.connection: worker for worker in self._workers if worker.given}:
            ready = wait(list(busy), _LOOK)
            for connection in ready:
                yield from self._listen(busy[connection])
            for worker in () if ready else busy.values():
                if worker.stands_still():
                    yield from self._bury(worker)

    def left(self) -> list[Task]:
        """Tasks that nobody has begun."""
        return [self._tasks[number] for number in sorted(self._waiting)]

    def close(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _listen(self, worker: Worker) -> Iterator[Done]:
        try:
            answer = handover.receive(worker.connection)
        except GONE:
            yield from self._bury(worker)
            return
        if answer is None:
            worker.heard()
            return
        task = self._tasks[worker.given.popleft()]
        worker.give(self._waiting)
        if isinstance(answer, str):
            raise WorkerError(answer)
        account, batches = answer
        yield Done(task, account, batches)

    def _bury(self, worker: Worker) -> Iterator[Done]:
        """A worker that was alive has ended over the first of its tasks; it has not begun the others."""
        self._workers.remove(worker)
        worker.end()
        if worker.alive:
            yield Done(self._tasks[worker.given.popleft()])
        self._waiting.extendleft(reversed(worker.given))
        worker.given.clear()
        for other in self._workers:
            while len(other.given) < _AHEAD and self._waiting:
                other.give(self._waiting)
