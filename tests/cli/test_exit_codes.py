"""The exit code says what happened; where several apply, it is the highest."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import tocsin
from tests.cli.content import detection
from tests.cli.pushes import FLAGSHIP, push, text, write
from tests.cli.running import Tocsin
from tests.docs.console import ROOT

Options = tuple[str, str]


@pytest.fixture
def found(tmp_path: Path) -> Path:
    return write(tmp_path / "found", a__json=text(push(1)))


@pytest.fixture
def quiet(tmp_path: Path) -> Path:
    return write(tmp_path / "quiet", a__json=text(push(1, eventTime="2026-03-04T12:00:00Z")))


@pytest.fixture
def unread(tmp_path: Path) -> Path:
    return write(tmp_path / "unread", a__json=text(push(1)), b__json=b"no")


@pytest.fixture
def broken(tmp_path: Path) -> tuple[str, Path]:
    """A library with a detection that runs and one that does not."""
    mine = tmp_path / "mine"
    detection(mine, "Good", "eventName=PutImage | stats count by user")
    detection(mine, "Bad", 'eventName="PutImage')
    return "--content", mine


def test_done_is_0_with_and_without_findings(tocsin: Tocsin, found: Path, quiet: Path, flagship: Options) -> None:
    tocsin.scan(found, *flagship, code=0)
    tocsin.scan(quiet, *flagship, code=0)


def test_findings_are_1_if_that_is_asked_for(tocsin: Tocsin, found: Path, quiet: Path, flagship: Options) -> None:
    tocsin.scan(found, *flagship, "--fail-on-findings", code=1)
    tocsin.scan(quiet, *flagship, "--fail-on-findings", code=0)


@pytest.mark.parametrize("form", ["table", "jsonl", "csv", "risk"])
def test_findings_count_in_every_format(tocsin: Tocsin, found: Path, flagship: Options, form: str) -> None:
    tocsin.scan(found, *flagship, "--fail-on-findings", form=form, code=1)


def test_content_in_error_is_2_with_and_without_findings(tocsin: Tocsin, found: Path, broken: tuple[str, Path]) -> None:
    tocsin.scan(found, *broken, code=2)
    tocsin.scan(found, *broken, "--fail-on-findings", code=2)


def test_unread_input_is_3_whatever_else_there_is(
    tocsin: Tocsin, unread: Path, broken: tuple[str, Path], flagship: Options
) -> None:
    assert len(tocsin.scan(unread, *flagship, code=3).lines) == 1
    tocsin.scan(unread, *flagship, "--fail-on-findings", code=3)
    tocsin.scan(unread, *broken, "--fail-on-findings", code=3)
    tocsin.search("* | stats count", unread, code=3)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--frobnicate"],
        ["frobnicate"],
        ["scan"],
        ["scan", "x", "--format", "xml"],
        ["scan", "x", "--jobs", "0"],
        ["scan", "x", "--jobs", "many"],
        ["scan", "x", "--content", "/nowhere"],
        ["scan", "x", "--max-file-size", "0"],
        ["scan", "x", "--max-record-size", "-5MB"],
        ["scan", "x", "--memory", "lots"],
        ["scan", "x", "--output", "/nowhere/at/all"],
        ["search"],
        ["search", "*"],
        ["show"],
        ["show", "nobody"],
        ["explain"],
        ["explain", "nobody"],
        ["check", "/nowhere"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2_and_says_what(tocsin: Tocsin, arguments: list[str]) -> None:
    ran = tocsin(*arguments, code=2)
    assert ran.err.strip() != ""
    assert "bug" not in ran.err


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["--version"], ["scan", "--help"], ["hours", "--help"]])
def test_help_is_0(tocsin: Tocsin, arguments: list[str]) -> None:
    assert tocsin(*arguments, code=0).out != ""


def test_a_bug_is_70_says_where_to_report_it_and_asks_for_no_records(
    capsys: pytest.CaptureFixture[str], found: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("ours")

    monkeypatch.setattr("tocsin.cli.scanning.scan", broken)
    with pytest.raises(SystemExit) as ended:
        tocsin.cli.main.entry(["scan", str(found)])
    assert ended.value.code == 70
    err = capsys.readouterr().err
    assert "ZeroDivisionError: ours" in err
    assert f"This is a bug in tocsin {tocsin.__version__}" in err
    assert "without log records" in err


def test_a_bug_shows_nothing_of_the_records(
    capsys: pytest.CaptureFixture[str], found: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: object, rows: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("tocsin.sinks.jsonl.JsonLines.write", broken)
    with pytest.raises(SystemExit):
        tocsin.cli.main.entry(["scan", str(found), "--format", "jsonl"])
    assert "198.51.100.7" not in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["scan", "search", "check"])
def test_a_reader_that_leaves_is_no_error(tmp_path: Path, verb: str) -> None:
    logs = write(tmp_path / "many", a__json=text(*(push(number) for number in range(1, 400))))
    arguments = {
        "scan": ("--format", "jsonl", str(logs)),
        "search": ("*", "--format", "jsonl", str(logs)),
        "check": ("--format", "jsonl"),
    }
    command = (sys.executable, "-m", "tocsin", verb, *arguments[verb])
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        errors = run.stderr.read()
    assert b"Traceback" not in errors
    assert (run.returncode, b"Exception" in errors) == (0, False)


FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")


@FULL
@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "--format", "jsonl"],
        ["show", FLAGSHIP],
        ["explain", FLAGSHIP],
        ["hours", "show", "examples/hours.yml"],
        ["--help"],
        ["scan", "--help"],
        ["scan", "examples/eight.jsonl"],
        ["scan", "examples/eight.jsonl", "--format", "jsonl"],
        ["search", "*", "examples/eight.jsonl"],
    ],
    ids=" ".join,
)
def test_a_full_disk_is_2_and_told_in_one_line(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run(arguments, stdout=full, stderr=subprocess.PIPE)
        assert done.stderr.splitlines()[-1] == "error: cannot write the output: No space left on device"
        assert "Traceback" not in done.stderr
        assert done.returncode == 2
        assert run(arguments, stdout=full, stderr=full).returncode == 2


@FULL
@pytest.mark.parametrize("form", ["table", "jsonl"])
def test_words_that_cannot_be_written_are_2(form: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run(["scan", "examples/eight.jsonl", "--format", form], stdout=subprocess.DEVNULL, stderr=full)
    assert done.returncode == 2


def run(arguments: list[str], **streams: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tocsin", *arguments]
    return subprocess.run(command, text=True, cwd=ROOT, timeout=60, check=False, **streams)


@pytest.mark.parametrize(("error", "code"), [(KeyboardInterrupt(), 130), (EOFError("ours"), 70)])
def test_ctrl_c_is_130_and_an_end_that_we_did_not_expect_is_a_bug(
    capsys: pytest.CaptureFixture[str], found: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    def ends(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("tocsin.cli.scanning.scan", ends)
    with pytest.raises(SystemExit) as ended:
        tocsin.cli.main.entry(["scan", str(found)])
    assert ended.value.code == code
    words = {130: "interrupted\n", 70: "EOFError: ours"}
    assert words[code] in capsys.readouterr().err
