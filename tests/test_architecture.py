"""The shape of the house: imports, listings, sizes, and a start that loads no engine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "tocsin"
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST = 300  # lines; most files are half of that

# Where the four listings of a command differ, and why.
SHAPE_ONLY = {"other"}  # read by the parser, refused by lowering: no page and no case of its own


def names(folder: Path, suffix: str) -> set[str]:
    return {path.stem for path in folder.glob(f"*{suffix}")} - {"__init__"}


def test_imports_go_down_the_list_only() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_command_has_one_name_in_four_listings() -> None:
    commands = names(SOURCE / "spl" / "commands", ".py") - SHAPE_ONLY
    lowered = names(SOURCE / "plan" / "lower", ".py")
    assert commands <= lowered
    assert commands == names(ROOT / "tests" / "conformance" / "commands", ".yaml")
    assert commands == names(ROOT / "docs" / "spl" / "commands", ".md")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_is_short_and_says_its_purpose(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST
    if text.strip():
        assert ast.get_docstring(ast.parse(text)), "the first line of a module is its purpose"


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_files_and_folders_that_a_page_names_are_there(page: str) -> None:
    named = re.findall(r"`([\w./]+(?:/|/\w+\.\w+))`", (ROOT / page).read_text(encoding="utf-8"))
    assert len(named) > 5
    assert not [each for each in named if not any((folder / each).exists() for folder in (SOURCE, ROOT))]


def test_help_loads_no_engine() -> None:
    code = (
        "import sys; from tocsin.cli.main import tocsin; tocsin(['--help'], standalone_mode=False); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split("\n")[-2].split())
    assert not loaded & {"duckdb", "pyarrow", "sqlglot", "yaml", "rich", "msgspec", "stringzilla"}


WATCHED = """
import sys
from tocsin.cli.main import entry
from tocsin.cloudtrail import scan, workers
scan.LITTLE, method = 0, workers.method
workers.method = lambda: sys.stderr.write(f"method {method()}\\n") and method()
entry(sys.argv[1:])
"""


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the system does not tell threads")
def test_workers_of_a_scan_are_forked_since_nothing_has_threads_yet() -> None:
    """An early import of Arrow would cost each run the start of new interpreters."""
    trail, hours = ROOT / "examples" / "trail", ROOT / "examples" / "hours.yml"
    command = ["scan", str(trail), "--hours", str(hours), "--compare", "--format", "html", "--jobs", "2"]
    done = subprocess.run([sys.executable, "-c", WATCHED, *command], capture_output=True, text=True, check=True)
    assert "method fork\n" in done.stderr


def test_the_project_names_no_path_of_a_machine() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    if not tracked:
        pytest.skip("not a git checkout")
    for name in tracked:
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".yml", ".yaml"} and name != "tests/test_architecture.py":
            text = path.read_text(encoding="utf-8")
            assert "/work/" not in text, name
            assert "/tmp/" not in text or name.startswith("tests/"), name
