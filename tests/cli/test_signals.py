"""A run that is told to end: by Ctrl-C, `timeout`, a service manager, or a terminal that is closed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from tests.cli.pushes import other, text, write
from tests.docs.console import ROOT

WAIT = 60.0
ENDS = [(signal.SIGTERM, "ended by SIGTERM"), (signal.SIGHUP, "ended by SIGHUP"), (signal.SIGINT, "interrupted")]


@contextmanager
def waiting(
    folder: Path, *logs: Path, before: Callable[[], object] | None = None
) -> Iterator[tuple[subprocess.Popen[str], IO[bytes]]]:
    """A scan at the point where all is open: engine, output, and a pipe that it waits for."""
    (folder / "temporary").mkdir()
    (folder / "found").mkdir()
    os.mkfifo(folder / "pipe")
    command = [sys.executable, "-m", "tocsin", "scan", *map(str, logs), str(folder / "pipe"), "--jobs", "2"]
    with subprocess.Popen(
        [*command, "--format", "jsonl", "-o", str(folder / "found" / "findings")],
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(folder / "temporary")},
        start_new_session=True,
        preexec_fn=before or listening,
    ) as process:
        try:
            with (folder / "pipe").open("wb") as pipe:  # waits until it is read
                assert len(left(folder)) == 2
                yield process, pipe
        finally:
            process.kill()


def listening() -> None:
    """What a shell starts in the background ignores Ctrl-C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def ignoring() -> None:
    """As `nohup` does."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)


def left(folder: Path) -> list[Path]:
    return [*(folder / "temporary").iterdir(), *(folder / "found").iterdir()]


@pytest.mark.parametrize(("number", "words"), ENDS, ids=[words for _, words in ENDS])
def test_nothing_of_the_logs_stays_behind(tmp_path: Path, number: signal.Signals, words: str) -> None:
    with waiting(tmp_path) as (process, _):
        process.send_signal(number)
        errors = process.communicate(timeout=WAIT)[1]
    assert process.returncode == 128 + number
    assert errors.splitlines()[-1] == words
    assert "Traceback" not in errors
    assert left(tmp_path) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_workers_end_too_and_say_nothing(tmp_path: Path, number: signal.Signals) -> None:
    logs = write(tmp_path / "logs", a__json=text(*(other(each, noise="x" * 9000) for each in range(1100))))
    with waiting(tmp_path, logs) as (process, _):
        os.killpg(process.pid, number)
        errors = process.communicate(timeout=WAIT)[1]
    assert process.returncode == 128 + number
    assert "Traceback" not in errors
    assert left(tmp_path) == []
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def test_being_told_twice_ends_no_clearing_up(tmp_path: Path) -> None:
    with waiting(tmp_path) as (process, _):
        for _ in range(20):
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=WAIT)
    assert (process.returncode, left(tmp_path)) == (143, [])


def test_a_hang_up_that_is_to_be_ignored_is_ignored(tmp_path: Path) -> None:
    with waiting(tmp_path, before=ignoring) as (process, pipe):
        process.send_signal(signal.SIGHUP)
        pipe.write(text(other(1)))
        pipe.close()
        process.communicate(timeout=WAIT)
    assert process.returncode == 0
    assert [each.name for each in left(tmp_path)] == ["findings"]


LONG = """
import os, signal, threading
from tocsin.cli.ending import code_of
from tocsin.cli.signals import listen
from tocsin.config import Settings
from tocsin.run.execution import open_engine

listen()
engine = open_engine(Settings(now=0.0))
threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM)).start()
try:
    many = "SELECT count(*) FROM range(1000000000000) AS t(a) WHERE sqrt(a) > 3"
    engine._session.connection.execute(f"CREATE TABLE counted AS {many}")
except BaseException as error:
    print(code_of(error))
"""


def test_a_long_query_is_interrupted() -> None:
    done = subprocess.run([sys.executable, "-c", LONG], capture_output=True, text=True, timeout=WAIT, cwd=ROOT)
    assert (done.stdout, done.stderr) == ("143\n", "ended by SIGTERM\n")


def test_a_caller_of_our_own_keeps_its_handlers() -> None:
    script = (
        "import signal; from tocsin.cli.main import entry\n"
        "before = [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]\n"
        "try:\n    entry(['--version'])\nexcept SystemExit:\n"
        "    print(before == [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=WAIT, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "True"


def test_a_system_with_fewer_signals_and_rights_will_do(tmp_path: Path) -> None:
    """As Windows: no SIGHUP, no owners of files."""
    (tmp_path / "out").write_text("old")
    program = "import os, signal; del signal.SIGHUP, os.fchown, os.fchmod; from tocsin.cli.main import main; main()"
    verb = ("scan", ROOT / "examples" / "trail", "--jobs", "2", "--format", "jsonl", "-o", tmp_path / "out")
    done = subprocess.run([sys.executable, "-c", program, *verb], capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert (tmp_path / "out").read_text().startswith('{"detection"')
