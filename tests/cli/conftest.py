from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.pushes import FLAGSHIP
from tests.cli.running import Tocsin


@pytest.fixture
def tocsin(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tocsin:
    monkeypatch.delenv("COLUMNS", raising=False)  # output as in a pipe
    return Tocsin(capsys, tmp_path)


@pytest.fixture
def flagship() -> tuple[str, str]:
    """Options for the one detection that most tests run."""
    return "--detection", FLAGSHIP
