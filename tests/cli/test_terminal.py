"""What a person sees on a terminal: a bar while files are read, colour, and neither where it was not wanted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.pushes import FLAGSHIP, push, text, write
from tests.cli.terminal import on_terminal

BAR = "\r\x1b[K"
VERBS = (["scan"], ["scan", "--format", "jsonl"], ["search", "* | table user"], ["hours", "learn"])


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    return write(tmp_path / "logs", a__json=text(push(1)))


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_the_bar_is_gone_before_anything_else_is_written(logs: Path, verb: list[str]) -> None:
    _, drawn, after = on_terminal(*verb, logs).split(BAR)
    assert re.fullmatch(r"1 file  \d+ MB/s  1 record  1 may match", drawn)
    assert after.strip() != ""


def test_the_bar_is_gone_before_the_account_of_findings_that_went_to_a_file(logs: Path, tmp_path: Path) -> None:
    shown = on_terminal("scan", logs, "-o", tmp_path / "found", "--format", "csv")
    assert shown.rpartition(BAR)[2].startswith("1 file = 1 read")


@pytest.mark.parametrize("columns", [10, 30])
def test_the_bar_is_cut_to_the_width(logs: Path, columns: int) -> None:
    _, drawn, _ = on_terminal("search", "* | table user", logs, columns=columns).split(BAR)
    assert len(drawn) == columns - 1


STYLED = (["scan", "LOGS"], ["search", "* | table user", "LOGS"], ["show", FLAGSHIP], ["check"])


@pytest.mark.parametrize("verb", STYLED, ids=" ".join)
def test_words_have_styles_on_a_terminal_unless_somebody_minds(logs: Path, verb: list[str]) -> None:
    command = [str(logs) if each == "LOGS" else each for each in verb]
    assert "\x1b[" in on_terminal(*command).replace(BAR, "")
    assert "\x1b[" not in on_terminal(*command, NO_COLOR="1").replace(BAR, "")


@pytest.mark.parametrize("verb", STYLED, ids=" ".join)
def test_a_dumb_terminal_gets_no_escape_codes(logs: Path, verb: list[str]) -> None:
    shown = on_terminal(*(str(logs) if each == "LOGS" else each for each in verb), TERM="dumb")
    assert "\x1b" not in shown
    assert "\r" not in shown
