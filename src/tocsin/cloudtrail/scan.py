"""One pass over the files for all wants: tables of candidate records, and the account of what was read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from tocsin.cloudtrail.account import ScanAccount
from tocsin.cloudtrail.batch import table
from tocsin.cloudtrail.files import File
from tocsin.cloudtrail.request import Request
from tocsin.cloudtrail.sieve import Sieve
from tocsin.cloudtrail.tasks import tasks

if TYPE_CHECKING:
    import pyarrow as pa

Progress = Callable[[ScanAccount], None]


class Scan:
    """Iterate for (want index, table); `close` stops early."""

    def __init__(self, batches: Iterator[tuple[int, pa.Table]]) -> None:
        self._batches = batches

    def __iter__(self) -> Iterator[tuple[int, pa.Table]]:
        return self._batches

    def __next__(self) -> tuple[int, pa.Table]:
        return next(self._batches)

    def close(self) -> None:
        pass


def scan(
    request: Request,
    files: Sequence[File],
    *,
    jobs: int,
    account: ScanAccount,
    progress: Progress | None = None,
) -> Scan:
    """Read the files and yield the candidates of each want, in any order; SEQ tells theirs."""
    return Scan(_here(request, files, account, progress))


def _here(
    request: Request, files: Sequence[File], account: ScanAccount, progress: Progress | None
) -> Iterator[tuple[int, pa.Table]]:
    sieve = Sieve(request, account)
    for task in tasks(files):
        for want, batch in sieve.read(task.files):
            yield want, table(batch)
        if progress is not None:
            progress(account)
