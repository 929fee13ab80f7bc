"""What a stranger types wrong: the message says what is wrong, where, and what to try next."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.content import detection
from tests.cli.pushes import FLAGSHIP, push, text, write
from tests.cli.running import Tocsin
from tocsin.cli.told import MOST

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    return write(tmp_path / "logs", a__json=text(push(1)))


def many(folder: Path, search: str, count: int = MOST + 3) -> Path:
    for number in range(count):
        detection(folder, f"Number {number:03}", search, id=f"00000000-0000-4000-8000-{number:012}")
    return folder


def test_a_misspelt_verb_is_told_which_one_was_meant(tocsin: Tocsin) -> None:
    assert "No such command 'scna'. Did you mean 'scan'?" in tocsin("scna", "logs", code=2).err
    assert "No such command 'frobnicate'." in tocsin("frobnicate", code=2).err


def test_an_unknown_detection_names_the_way_to_the_known_ones(tocsin: Tocsin) -> None:
    assert "`tocsin check` lists those that there are" in tocsin("show", "qqqq", code=2).err
    ran = tocsin("show", "aws_ecr_container_upload_outside_busines_hours.yml", code=2)
    assert "there is no file aws_ecr_container_upload_outside_busines_hours.yml" in ran.err
    assert "did you mean `AWS ECR Container Upload Outside Business Hours`" in ran.err


def test_a_name_longer_than_a_file_may_have_is_no_detection(tocsin: Tocsin, logs: Path) -> None:
    name = "x" * 300
    for arguments in (("explain", name), ("show", name), ("scan", logs, "-d", name)):
        assert "error: there is no detection `xxx" in tocsin(*arguments, code=2).err


def test_a_folder_that_is_no_library_is_a_warning(tocsin: Tocsin, logs: Path, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("hello")
    for arguments in (("check", tmp_path / "texts"), ("search", "*", logs, "--content", tmp_path / "texts")):
        ran = tocsin(*arguments)
        assert f"warning[no-content]: nothing here belongs to a library\n --> {tmp_path / 'texts'}" in ran.err


def test_a_file_that_is_not_there_is_said_not_to_exist(tocsin: Tocsin, tmp_path: Path) -> None:
    assert "the file cannot be read: it does not exist" in tocsin("hours", "show", tmp_path / "gone.yml", code=2).err


def test_a_profile_that_is_none_is_told_what_one_is(tocsin: Tocsin, logs: Path, tmp_path: Path) -> None:
    (tmp_path / "hours.yml").write_text("calendars: {}\n")
    ran = tocsin("scan", "--profile", tmp_path / "hours.yml", logs, code=2)
    assert f"{tmp_path / 'hours.yml'}: no profile of `tocsin hours learn --profile`: " in ran.err


def test_no_findings_where_nothing_was_read_says_why(tocsin: Tocsin, logs: Path, tmp_path: Path) -> None:
    assert tocsin.scan(tmp_path / "gone", code=3, form="table").out.startswith("No findings: no file could be read.\n")
    quiet = ("--detection", "AWS ECR Container Upload Outside Business Hours", "--earliest", "2026-03-09")
    assert "No findings.\n" in tocsin.scan(logs, *quiet, form="table").out


def test_a_large_library_that_does_not_run_is_told_in_few_lines(tocsin: Tocsin, logs: Path, tmp_path: Path) -> None:
    content = many(tmp_path / "many", "eventName=PutImage | transpose")
    detection(content, "Runs", "eventName=PutImage | stats count by user")
    ran = tocsin.scan(logs, "--content", content, code=2, form="table")
    assert ran.err.count("unsupported[unsupported-command]") == MOST
    assert f"and 3 more detections with problems (`tocsin check {content}` prints them)" in ran.err
    assert ran.out.count("the command `transpose` does not run yet") == MOST
    assert "\n  and 3 more\n" in ran.out
    assert sum(bool(each["failed"]) for each in ran.summary["detections"]) == MOST + 3


def test_what_only_the_engine_refuses_counts_among_them(tocsin: Tocsin, logs: Path, tmp_path: Path) -> None:
    content = many(tmp_path / "many", '* | where match(user, "(x{999}){999}") | stats count')
    detection(content, "Runs", "eventName=PutImage | stats count by user")
    ran = tocsin.scan(logs, "--content", content, code=2)
    assert ran.err.count("error[bad-regex]") == MOST
    assert "and 3 more detections with problems" in ran.err


def test_of_detections_that_were_named_every_diagnostic_is_told(tocsin: Tocsin, logs: Path, tmp_path: Path) -> None:
    content = many(tmp_path / "many", "eventName==PutImage | stats count")
    names = [word for number in range(MOST + 3) for word in ("--detection", f"Number {number:03}")]
    ran = tocsin.scan(logs, "--content", content, *names)
    assert ran.err.count("warning[double-equals]") == MOST + 3


def test_learning_from_a_wrong_path_leaves_the_calendar_file_as_it_is(tocsin: Tocsin, tmp_path: Path) -> None:
    kept = tmp_path / "hours.yml"
    kept.write_text("zone: UTC\n")
    ran = tocsin("hours", "learn", tmp_path / "gone", "-o", kept, "--profile", tmp_path / "profile.json", code=3)
    assert "gone: no such file or directory" in ran.err
    assert ran.err.endswith("learned nothing, and wrote nothing: no file could be read\n")
    assert kept.read_text() == "zone: UTC\n"
    assert not (tmp_path / "profile.json").exists()


def test_the_module_is_the_command_line() -> None:
    done = subprocess.run([sys.executable, "-m", "tocsin", "scan"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "tocsin scan" in done.stderr


@pytest.mark.parametrize("watched", [False, True])
def test_a_process_writes_all_and_ends_with_the_code_of_the_run(
    tocsin: Tocsin, tmp_path: Path, *, watched: bool
) -> None:
    options = ("scan", EXAMPLES / "trail", "--format", "jsonl", "--fail-on-findings")
    watcher = ("-m", "cProfile", "-o", tmp_path / "profile") if watched else ()
    with (tmp_path / "out").open("w") as out:
        done = subprocess.run([sys.executable, *watcher, "-m", "tocsin", *options], stdout=out, check=False)
    assert (tmp_path / "profile").exists() == watched
    assert done.returncode == (not watched)  # cProfile has no code but 0
    assert (tmp_path / "out").read_text() == tocsin(*options, code=1).out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_process_that_cannot_write_does_not_end_well() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([sys.executable, "-m", "tocsin", "scan", EXAMPLES / "trail"], stdout=full, check=False)
    assert done.returncode == 2


@pytest.mark.parametrize("closed", ["0", "1", "2", "0 1 2"])
@pytest.mark.parametrize("verb", [("show", FLAGSHIP), ("scan", str(EXAMPLES / "trail"), "--output")])
def test_a_closed_stream_loses_no_finding(closed: str, verb: tuple[str, ...], tmp_path: Path) -> None:
    written = [str(tmp_path / "out")] if "--output" in verb else []
    shell = " ".join(('exec "$@"', *(f"{each}>&-" for each in closed.split())))
    program = [sys.executable, "-m", "tocsin", *verb, *written]
    done = subprocess.run(["sh", "-c", shell, "sh", *program], capture_output=True, text=True, check=False)
    lost = "1" in closed and not written
    assert done.returncode == (2 if lost else 0)
    assert ("cannot write the output" in done.stderr) == (lost and "2" not in closed)
    assert "Traceback" not in done.stderr
    assert (FLAGSHIP in done.stdout) == ("1" not in closed and not written)
    assert all(FLAGSHIP in Path(each).read_text() for each in written)


def test_a_detection_named_twice_runs_once_where_it_was_named_first(tocsin: Tocsin, tmp_path: Path) -> None:
    logs = write(tmp_path / "logs", a__json=text(push(1, time="2026-03-07T12:00:00Z")))
    first = detection(tmp_path / "one", "First", "eventName=PutImage | stats count by user")
    second = detection(tmp_path / "one", "Second", "eventName=PutImage | stats count by user")
    named = [first, second, first, "first", "FIRST", "ESCU - First - Rule", "second.yml"]
    ran = tocsin.scan(logs, *(part for each in named for part in ("-d", str(each))), form="risk")
    assert [each["name"] for each in ran.summary["detections"]] == ["First", "Second"]
    assert [each["search_name"] for each in ran.lines] == ["ESCU - First - Rule", "ESCU - Second - Rule"]


def test_a_text_that_no_file_can_be_called_is_a_name_or_a_search(tocsin: Tocsin, logs: Path) -> None:
    assert "there is no detection `nnn" in tocsin("show", "n" * 300, code=2).err
    assert "there is no detection `nnn" in tocsin("scan", logs, "-d", "n" * 300, code=2).err
    assert "Search, macros expanded" in tocsin("explain", f"eventName={'n' * 300} | stats count").out
