"""What the package says of itself."""

from __future__ import annotations

import re
import runpy
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
SCRIPT: dict[str, Any] = runpy.run_path(str(ROOT / "scripts" / "oldest.py"))


def test_each_dependency_has_an_oldest_version() -> None:
    lines = SCRIPT["oldest"](PROJECT)
    names = [re.split("[<>=]", each)[0] for each in tomllib.loads(PROJECT)["project"]["dependencies"]]
    assert [line.split("==")[0] for line in lines] == names
    assert all(re.fullmatch(r"[\w-]+==\d[\d.]*", line) for line in lines)


def test_a_newest_version_is_no_oldest_one() -> None:
    assert SCRIPT["oldest"]('[project]\ndependencies = ["one>=8.1", "two.b>=30.26,<31"]') == [
        "one==8.1",
        "two.b==30.26",
    ]
