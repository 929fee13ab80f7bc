"""Runs the examples of README and docs: what a page prints is what the program prints.

A fenced block marked `console` holds commands, each on a line that begins with `$ tocsin`, and below each its whole
standard output. A line of `...` stands for any number of lines. Commands run at the root of the checkout.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

import pytest

from tocsin.cli.main import entry

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "examples" / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    page: str
    line: int
    command: str
    output: str


def examples() -> list[Example]:
    found: list[Example] = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8") if page.exists() else ""
        for block in BLOCK.finditer(text):
            line = text[: block.start()].count("\n") + 2
            for command, output in re.findall(r"^\$ (.*(?:\\\n.*)*)\n((?:(?!\$ ).*\n)*)", block[1], re.MULTILINE):
                found.append(Example(str(page.relative_to(ROOT)), line, command.replace("\\\n", " "), output))
    return found


@pytest.mark.parametrize("example", examples(), ids=lambda each: f"{each.page}:{each.line}")
def test_an_example_prints_what_its_page_says(
    example: Example, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "120")
    program, *arguments = shlex.split(example.command)
    assert program == "tocsin"
    with pytest.raises(SystemExit) as ended:
        entry([*arguments, "--jobs", "1"] if arguments[0] in {"scan", "search"} else arguments)
    assert ended.value.code in (0, 3), capsys.readouterr().err
    assert matches(capsys.readouterr().out, example.output), "the page is stale"


def matches(printed: str, page: str) -> bool:
    """Whether the page shows what was printed; trailing blanks and the seconds a run took do not count."""
    lines = [re.escape(line.rstrip()) for line in page.rstrip("\n").split("\n")]
    pattern = "\n".join(lines).replace("\\.\\.\\.\n", "(?:.*\n)*?").replace("\n\\.\\.\\.", "(?:\n.*)*")
    pattern = re.sub(r"\d+\\\.\d+\\ s\b", r"\\d+\\.\\d+ s", pattern)
    text = "\n".join(line.rstrip() for line in printed.rstrip("\n").split("\n"))
    return re.fullmatch(pattern, text) is not None


def test_the_comparison_can_fail() -> None:
    assert matches("a\nb\nc\n", "a\n...\nc\n")
    assert not matches("a\nb\nc\n", "a\n...\nd\n")
    assert not matches("a\nb\n", "a\n")
