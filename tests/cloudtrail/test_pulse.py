from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tocsin.cloudtrail import pulse

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system tells nothing")


COUNTED = """
import threading
from tocsin.cloudtrail import pulse
end = threading.Event()
thread = threading.Thread(target=end.wait)
print(pulse.threads())
thread.start()
print(pulse.threads())
end.set()
"""


def test_every_thread_counts() -> None:
    """In a process of its own: here others' threads come and go."""
    done = subprocess.run([sys.executable, "-c", COUNTED], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "2"]


def test_without_proc_python_counts_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse, "_PROC", Path("/nowhere"))
    assert pulse.threads() == threading.active_count()
    assert pulse.used(os.getpid()) is None


def test_work_is_seen_in_the_time_used() -> None:
    before, until = pulse.used(os.getpid()), time.process_time() + 0.05
    while time.process_time() < until:
        pass
    after = pulse.used(os.getpid())
    assert before is not None and after is not None
    assert after > before


def test_one_who_waits_uses_nothing() -> None:
    with subprocess.Popen([sys.executable, "-c", "print(flush=True); input()"], stdin=-1, stdout=-1) as waiting:
        assert waiting.stdout is not None
        waiting.stdout.readline()
        time.sleep(0.05)
        before = pulse.used(waiting.pid)
        time.sleep(0.2)
        assert before is not None
        assert pulse.used(waiting.pid) == before
        waiting.communicate(b"\n")
    assert pulse.used(waiting.pid) is None
