"""Several processes give what one gives, and their deaths are told."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cloudtrail.scanning import PUSHES, record, run_all, text, want, write
from tocsin.cloudtrail import scan as scanning
from tocsin.cloudtrail import worker, workers
from tocsin.cloudtrail.account import KEPT, ScanAccount
from tocsin.cloudtrail.files import find
from tocsin.cloudtrail.request import Request
from tocsin.cloudtrail.scan import LOST, scan
from tocsin.cloudtrail.tasks import Task, tasks
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
    for each in batches._workers._workers:
        assert each._process.pid is not None
        os.kill(each._process.pid, signal.SIGKILL)
    list(batches)
    assert account.files == 401
    assert account.failed < 401


def test_a_worker_that_stands_still_costs_its_task_only(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_LOOK", 0.1)
    monkeypatch.setattr(worker, "_STILL", 10)
    monkeypatch.setattr(worker, "_PATIENCE", 0.2)
    account = ScanAccount()
    batches = scan(Request((want(),)), find([str(corpus)], None, None).files, jobs=2, account=account)
    assert batches._workers is not None
    stopped = batches._workers._workers[0]._process
    assert stopped.pid is not None
    os.kill(stopped.pid, signal.SIGSTOP)
    rows = sum(table.num_rows for _, table in batches)
    assert (account.files, rows) == (401, account.candidates)
    assert sum(problem.reason == LOST for problem in account.problems) <= 128
    assert not stopped.is_alive()


@pytest.mark.parametrize("times", [1, 9])
def test_no_file_is_lost_with_a_worker_that_never_came_to_life(
    corpus: Path, tmp_path_factory: pytest.TempPathFactory, times: int
) -> None:
    """A caller may have a main module that cannot be loaded twice; what workers are told may not fit into a pipe."""
    script = write(tmp_path_factory.mktemp("script") / "unguarded.py", UNGUARDED)
    path = os.pathsep.join((str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")))
    command = [sys.executable, str(script), str(corpus), str(times)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=100, env={**os.environ, "PYTHONPATH": path})
    assert run.stderr == ""
    assert run.stdout == f"spawn {401 * times} True\n"


UNGUARDED = """
import os, sys
if __name__ != "__main__":
    os._exit(1)
import pyarrow  # brings a thread
from tests.cloudtrail.scanning import want
from tocsin.cloudtrail import scan, worker
from tocsin.cloudtrail.account import ScanAccount
from tocsin.cloudtrail.files import find
from tocsin.cloudtrail.request import Request
scan.LITTLE = 0
account = ScanAccount()
files = find([sys.argv[1]], None, None).files * int(sys.argv[2])
list(scan.scan(Request((want(),)), files, jobs=2, account=account))
print(worker.method(), account.files, not any(each.reason == scan.LOST for each in account.problems))
"""


def test_where_no_process_can_be_started_this_one_reads(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise BlockingIOError("no more processes")

    alone = run_all(corpus, WANTS, jobs=1)
    monkeypatch.setattr(workers, "Worker", full)
    assert run_all(corpus, WANTS, jobs=2) == alone


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the system does not tell threads")
@pytest.mark.parametrize(
    ("before", "expected"),
    [("pass", "fork"), ("import duckdb; engine = duckdb.connect()", "spawn"), ("import pyarrow", "spawn")],
)
def test_no_process_is_forked_beside_threads_that_python_does_not_know(before: str, expected: str) -> None:
    code = f"{before}\nfrom tocsin.cloudtrail import worker\nimport threading\n"
    code += "print(worker.method(), threading.active_count())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == f"{expected} 1\n"


def test_an_error_of_ours_is_told_with_its_traceback() -> None:
    wrong = Task(0, 0, "a", None)  # type: ignore[arg-type]
    crew = Workers(Request((want(),)), [wrong], 1)
    with pytest.raises(WorkerError, match="TypeError"):
        list(crew.results())
    crew.close()


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
