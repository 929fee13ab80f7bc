"""Several processes give what one gives, and their deaths are told."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cloudtrail.scanning import PUSHES, record, run_all, text, want, write
from tocsin.cloudtrail import scan as scanning
from tocsin.cloudtrail.account import KEPT, ScanAccount
from tocsin.cloudtrail.files import find
from tocsin.cloudtrail.request import Request
from tocsin.cloudtrail.scan import LOST, scan
from tocsin.cloudtrail.tasks import tasks
from tocsin.cloudtrail.workers import WorkerError, Workers

WANTS = [want(PUSHES), want(), want(patterns=("*",), raw=True)]


@pytest.fixture(autouse=True)
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start workers for little input, too."""
    monkeypatch.setattr(scanning, "LITTLE", 0)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    rng = random.Random(5)
    for number in range(400):
        records = [
            record(number * 10 + each, eventName=rng.choice(("PutImage", "GetObject")), eventTime=rng.choice(TIMES))
            for each in range(rng.randrange(1, 9))
        ]
        content = text(*records)
        write(tmp_path / f"{number:03}", rng.choice((content, content, content[:-3], content.replace(":", "", 1), "x")))
    write(tmp_path / "zz", "")
    return tmp_path


TIMES = ("2026-03-07T01:00:00Z", "2026-03-07T01:00:00Z", "2026-03-08T01:00:00Z", "never")


@pytest.mark.parametrize("jobs", [2, 5])
def test_any_number_of_processes_gives_the_same_rows_and_the_same_account(corpus: Path, jobs: int) -> None:
    alone = run_all(corpus, WANTS, jobs=1, latest=1772928000.0)
    together = run_all(corpus, WANTS, jobs=jobs, latest=1772928000.0)
    assert together == alone
    assert alone[1].failed > 100
    assert alone[1].outside_window > 100
    assert len(alone[0][2]) > 500


def test_the_first_problems_are_kept_whatever_order_tasks_finish_in(tmp_path: Path) -> None:
    for number in range(1300):
        write(tmp_path / f"{number:04}", "x")
    alone, together = (run_all(tmp_path, WANTS, jobs=jobs)[1] for jobs in (1, 3))
    assert (together.files, together.failed, len(together.problems)) == (1300, 1300, KEPT)
    assert together == alone
    assert [Path(problem.path).name for problem in alone.problems] == [f"{number:04}" for number in range(KEPT)]


def test_progress_is_told_as_tasks_finish(corpus: Path) -> None:
    seen: list[int] = []
    account = ScanAccount()
    found = find([str(corpus)], None, None)
    batches = scan(
        Request((want(),)), found.files, jobs=2, account=account, progress=lambda each: seen.append(each.files)
    )
    list(batches)
    assert len(seen) > 2
    assert seen == sorted(seen)
    assert seen[-1] == account.files == 401


def test_a_scan_may_be_left_early(corpus: Path) -> None:
    found = find([str(corpus)], None, None)
    for takes in (0, 1):
        batches = scan(Request((want(),)), found.files, jobs=2, account=ScanAccount())
        processes = [worker._process for worker in batches._workers._workers]  # type: ignore[union-attr]
        for _ in range(takes):
            next(batches)
        batches.close()
        batches.close()
        assert all(not process.is_alive() for process in processes)


def test_a_worker_that_dies_costs_its_task_only(corpus: Path) -> None:
    found = find([str(corpus)], None, None)
    account = ScanAccount()
    batches = scan(Request((want(),)), found.files, jobs=2, account=account)
    assert batches._workers is not None
    victim = batches._workers._workers[0]._process
    assert victim.pid is not None
    os.kill(victim.pid, signal.SIGKILL)
    rows = sum(table.num_rows for _, table in batches)
    lost = sum(problem.reason == LOST for problem in account.problems)
    assert account.files == 401
    assert lost <= 128  # the task under way; none if it had been sent
    assert rows == account.candidates


def test_all_workers_may_die(corpus: Path) -> None:
    found = find([str(corpus)], None, None)
    account = ScanAccount()
    batches = scan(Request((want(),)), found.files, jobs=2, account=account)
    assert batches._workers is not None
    for worker in batches._workers._workers:
        assert worker._process.pid is not None
        os.kill(worker._process.pid, signal.SIGKILL)
    list(batches)
    assert account.files == 401
    assert account.failed < 401


def test_an_error_of_ours_is_told_with_its_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tocsin.cloudtrail import workers

    monkeypatch.setattr(workers, "_read", _fail)
    write(tmp_path / "a", text(record()))
    found = find([str(tmp_path)], None, None)
    crew = Workers(Request((want(),)), list(tasks(found.files)), 1)
    if crew._workers[0]._process._popen.method != "fork":  # type: ignore[attr-defined]
        crew.close()
        pytest.skip("the change is not seen by a process that is not forked")
    with pytest.raises(WorkerError, match="ZeroDivisionError"):
        list(crew.results())
    crew.close()


def _fail(*_: object) -> None:
    raise ZeroDivisionError


def test_workers_end_when_their_parent_is_gone(corpus: Path) -> None:
    read, write_ = os.pipe()
    child = os.fork() if hasattr(os, "fork") else -1
    if child == -1:
        pytest.skip("no fork here")
    if child == 0:
        found = find([str(corpus)], None, None)
        crew = Workers(Request((want(),)), list(tasks(found.files)), 3)
        os.write(write_, " ".join(str(worker._process.pid) for worker in crew._workers).encode())
        os._exit(0)
    os.waitpid(child, 0)
    pids = [int(each) for each in os.read(read, 1000).split()]
    assert len(pids) == 3
    assert all(any(not _alive(pid) for _ in _patience()) for pid in pids)


def _patience() -> Iterator[None]:
    for _ in range(100):
        yield
        time.sleep(0.05)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
