"""Examples in pages: fenced blocks marked `console`, run as a person at the root of the checkout would run them.

A fenced block whose first line names a file after its language (```` ```yaml mine/macros/x.yml ````) is that file: it
exists while the page's examples run. They run in a folder of their own, in which `examples` is the checkout's.

A block holds commands, each on a line that begins with `$ `, and below each its whole standard output. `...` alone on a
line stands for any number of lines, `[...]` in a line for any text. Lines of a command that end with a backslash go on.
Commands are

- `$ tocsin ...`, which must end well (exit code 0, or 3); with `2>&1` at its end standard error is shown too, and any
  code but that of a bug will do,
- `$ echo $?`, which shows that command's exit code and so allows any,
- `$ cat FILE`, which shows a file.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from tocsin.cli import exits
from tocsin.cli.main import entry

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", ROOT / "examples" / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
FILE = re.compile(r"^```\w+ ([\w./-]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
BOTH = " 2>&1"
WIDTH = "120"


@dataclass(frozen=True, slots=True)
class Example:
    """`shows_code` if the next command is `echo $?`; `start` and `end` are the output's place in the page."""

    page: Path
    line: int
    command: str
    output: str
    shows_code: bool
    start: int
    end: int

    @property
    def name(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def examples(page: Path) -> Iterator[Example]:
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    for block in BLOCK.finditer(text):
        found = list(COMMAND.finditer(text, block.start(1), block.end(1)))
        for at, match in enumerate(found):
            following = found[at + 1][1] if at + 1 < len(found) else ""
            line = text.count("\n", 0, match.start()) + 1
            yield Example(page, line, match[1], match[2], following == "echo $?", *match.span(2))


class Shell:
    """Runs commands one after another in a folder of its own; `code` is the exit code of the last `tocsin`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.code = 0

    def run(self, example: Example) -> str:
        """What the command prints. Raises AssertionError if it ends otherwise than a page may show."""
        program, *arguments = shlex.split(example.command.replace("\\\n", " ").removesuffix(BOTH))
        match program:
            case "cat":
                return "".join((self.folder / name).read_text(encoding="utf-8") for name in arguments)
            case "echo":
                return f"{self.code}\n"
        assert program == "tocsin", f"{example.name}: no program of the examples"
        return self._tocsin(example, arguments)

    def _tocsin(self, example: Example, arguments: list[str]) -> str:
        both = example.command.endswith(BOTH)
        output, errors = io.StringIO(), io.StringIO()
        environment = mock.patch.dict(os.environ, {"COLUMNS": WIDTH})
        streams = (contextlib.redirect_stdout(output), contextlib.redirect_stderr(output if both else errors))
        with contextlib.chdir(self.folder), environment, streams[0], streams[1]:
            self.code = _exit_code([*arguments, "--jobs", "1"] if arguments[0] in ("scan", "search") else arguments)
        assert self.code != exits.BUG, f"{example.name}: {errors.getvalue()}{output.getvalue()}"
        if not both and not example.shows_code:
            assert self.code in (exits.DONE, exits.UNREAD), f"{example.name}: {errors.getvalue()}"
        return output.getvalue()


@contextlib.contextmanager
def shell(page: Path) -> Iterator[Shell]:
    """A shell in a folder that holds the page's files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "examples").symlink_to(ROOT / "examples")
        for file in FILE.finditer(page.read_text(encoding="utf-8") if page.exists() else ""):
            path = folder / file[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file[2], encoding="utf-8")
        yield Shell(folder)


def _exit_code(arguments: list[str]) -> int:
    try:
        entry(arguments)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    raise AssertionError("unreachable")


def matches(printed: str, page: str) -> bool:
    """Whether the page shows what was printed; trailing blanks and the seconds a run took do not count."""
    pattern = "".join(map(_line_pattern, page.rstrip("\n").split("\n")))
    text = "".join(f"{line.rstrip()}\n" for line in printed.rstrip("\n").split("\n"))
    return re.fullmatch(pattern, text) is not None


def _line_pattern(line: str) -> str:
    if line == "...":
        return r"(?:.*\n)*?"
    pattern = ".*".join(map(re.escape, line.rstrip().split("[...]")))
    return re.sub(r"\d+\\\.\d+\\ s\b", r"\\d+\\.\\d+ s", pattern) + r"\n"
