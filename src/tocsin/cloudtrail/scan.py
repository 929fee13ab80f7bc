"""One pass over the files for all wants: tables of candidate records, and the account of what was read.

Big inputs are read by worker processes, which are started by the call itself: before the caller loads an engine, and
before the first table is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tocsin.cloudtrail import memory
from tocsin.cloudtrail.account import KEPT, Problem, ScanAccount
from tocsin.cloudtrail.batch import Batch
from tocsin.cloudtrail.files import File
from tocsin.cloudtrail.handover import Sent, unpack
from tocsin.cloudtrail.request import SEQ_BITS, Request
from tocsin.cloudtrail.sieve import Sieve
from tocsin.cloudtrail.tasks import Task, some, tasks
from tocsin.cloudtrail.workers import Workers

if TYPE_CHECKING:
    import pyarrow as pa

Progress = Callable[[ScanAccount], None]

LITTLE = 8 << 20  # stored bytes that are read sooner than workers are started
LOST = "the process that read it died or stood still, perhaps for want of memory"


def scan(
    request: Request,
    files: Sequence[File],
    *,
    jobs: int,
    account: ScanAccount,
    progress: Progress | None = None,
) -> Scan:
    """Read the files, with up to `jobs` processes, and fill the account. Close the result if it is not used up."""
    with memory.growing():
        work = list(tasks(files))
    return Scan(request, work, jobs, account, progress)


def read_again(request: Request, files: Sequence[File], seqs: Iterable[int], *, jobs: int) -> Scan:
    """Read the files once more that hold these records, for a request of what has been found before.

    It is worth no account: that has been given, problems and all.
    """
    return Scan(request, list(some(files, (seq >> SEQ_BITS for seq in seqs))), jobs, ScanAccount(), None)


class Scan:
    """Iterates over tables by want, in any order: SEQ tells theirs. The account is whole once all were taken."""

    def __init__(
        self, request: Request, work: Sequence[Task], jobs: int, account: ScanAccount, progress: Progress | None
    ) -> None:
        self._sieve = Sieve(request, ScanAccount())
        self._account = account
        self._progress = progress
        self._problems: dict[int, list[Problem]] = {}
        self._few: dict[int, Batch] = {}
        big = sum(sum(task.sizes) for task in work) > LITTLE
        if big:
            memory.keep()
        shared = [task for task in work if task.shareable] if big and jobs > 1 else []
        self._workers = Workers(request, shared, jobs) if shared else None
        self._own = [task for task in work if not (shared and task.shareable)]
        self._tables = self._run()

    def __iter__(self) -> Scan:
        return self

    def __next__(self) -> tuple[int, pa.Table]:
        return next(self._tables)

    def close(self) -> None:
        """End the workers, and make up the account. Safe to call again."""
        self._tables.close()
        self._finish()

    def _run(self) -> Generator[tuple[int, pa.Table], None, None]:
        for task in self._own:
            yield from self._read(task)
        if self._workers is not None:
            for done in self._workers.results():
                self._merge(done.task, done.account)
                yield from self._unpacked(done.batches)
            for task in self._workers.left():
                yield from self._read(task)
        yield from ((want, batch.table()) for want, batch in self._few.items())
        self._finish()

    def _unpacked(self, batches: Iterable[tuple[int, Sent]]) -> Iterator[tuple[int, pa.Table]]:
        """What a task gave. Few rows wait for more: a table of one row takes as long as one of hundreds."""
        for want, sent in batches:
            if not isinstance(sent, Batch) or sent.tables:
                yield want, unpack(sent)
                continue
            held = self._few.setdefault(want, Batch())
            held.add(sent.rows, sent.columns)
            if held.tables or held.full:
                yield want, self._few.pop(want).table()

    def _finish(self) -> None:
        if self._workers is not None:
            self._workers.close()
        for number in sorted(self._problems):
            self._account.problems.extend(self._problems[number][: max(0, KEPT - len(self._account.problems))])
        self._problems.clear()

    def _read(self, task: Task) -> Iterator[tuple[int, pa.Table]]:
        """A task carried out in this process."""
        self._sieve.account = ScanAccount()
        yield from self._unpacked(self._sieve.read(task.files))
        self._merge(task, self._sieve.account)

    def _merge(self, task: Task, account: ScanAccount | None) -> None:
        account = _lost(task) if account is None else account
        if account.problems:
            self._problems[task.number], account.problems = account.problems, []
            self._forget()
        self._account += account
        if self._progress is not None:
            self._progress(self._account)

    def _forget(self) -> None:
        """Keep what may be among the first problems in the order of files, whatever order tasks finish in."""
        room = KEPT
        for number in sorted(self._problems):
            if room <= 0:
                del self._problems[number]
            else:
                room -= len(self._problems[number])


def _lost(task: Task) -> ScanAccount:
    files = [file for _, file in task.files]
    problems = [Problem(file.path, LOST) for file in files]
    return ScanAccount(files=len(files), failed=len(files), problems=problems)
