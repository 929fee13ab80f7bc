"""Output files are whole or not there; the same input gives the same output, byte for byte."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from tests.cli.content import detection
from tests.cli.pushes import other, push, text, write, zipped
from tests.cli.running import Tocsin, assert_adds_up
from tocsin.cli.output import opened
from tocsin.sinks.output import OutputError

Options = tuple[str, str]


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    files = {
        f"{number:02}.json.gz": zipped(*(push(number * 10 + at) for at in range(5)), other(number + 500), push(7))
        for number in range(12)
    }
    return write(tmp_path / "logs", **files, z__json=text(push(1, eventTime="x")), zz__json=b"no")


def test_findings_and_account_can_go_to_files(tocsin: Tocsin, logs: Path, tmp_path: Path, flagship: Options) -> None:
    printed = tocsin.scan(logs, *flagship, code=3)
    ran = tocsin.scan(logs, *flagship, "--output", tmp_path / "found", code=3)
    assert ran.out == ""
    assert (tmp_path / "found").read_text() == printed.out
    assert ran.summary["files"] == printed.summary["files"]


def test_a_dash_is_standard_output(tocsin: Tocsin, logs: Path, tmp_path: Path, flagship: Options) -> None:
    ran = tocsin("scan", logs, *flagship, "--output", tmp_path / "found", "--summary", "-", code=3)
    assert_adds_up(json.loads(ran.out))
    assert tocsin.search("* | stats count", logs, "--output", "-", code=3).column("count") == ["73"]


def test_a_run_that_fails_leaves_the_old_file_and_no_other(
    tocsin: Tocsin, logs: Path, tmp_path: Path, flagship: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "found").write_text("old")

    def fails(*_: object) -> None:
        raise OutputError("cannot write the output: the disk is full")

    monkeypatch.setattr("tocsin.sinks.output.Output.flush", fails)
    ran = tocsin("scan", logs, *flagship, "--format", "jsonl", "--output", out / "found", code=2)
    assert "cannot write the output: the disk is full" in ran.err
    assert [(each.name, each.read_text()) for each in out.iterdir()] == [("found", "old")]


def test_nothing_is_written_where_usage_is_wrong(tocsin: Tocsin, logs: Path, tmp_path: Path, flagship: Options) -> None:
    out = tmp_path / "out"
    out.mkdir()
    written = ("--output", out / "found", "--summary", out / "account")
    tocsin("scan", logs, *flagship, *written, "--earliest", "soon", code=2)
    tocsin("search", "* | frobnicate", logs, *written, code=2)
    assert list(out.iterdir()) == []


@pytest.mark.parametrize("option", ["--output", "--summary"])
@pytest.mark.parametrize("where", ["/nowhere/found", "/", ".", ""])
def test_a_place_that_cannot_be_written_is_named_before_anything_is_read(
    tocsin: Tocsin, flagship: Options, option: str, where: str
) -> None:
    ran = tocsin("scan", "/no/such/logs", *flagship, option, where, code=2)
    assert f"error: cannot write {Path(where)}: " in ran.err
    ran = tocsin("search", "* | stats count", "/no/such/logs", option, where, code=2)
    assert f"error: cannot write {Path(where)}: " in ran.err


def test_a_device_is_written_as_it_is(tocsin: Tocsin, logs: Path, flagship: Options) -> None:
    tocsin("scan", logs, *flagship, "--output", os.devnull, code=3)
    assert Path(os.devnull).is_char_device()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.parametrize("form", ["table", "jsonl", "csv", "risk"])
def test_a_full_disk_is_told_in_one_line(tocsin: Tocsin, logs: Path, flagship: Options, form: str) -> None:
    ran = tocsin("scan", logs, *flagship, "--format", form, "--output", "/dev/full", code=2)
    assert ran.err.count("No space left on device") == 1


@pytest.mark.parametrize("form", ["table", "jsonl", "csv", "risk"])
def test_the_number_of_processes_changes_no_byte(
    tocsin: Tocsin, logs: Path, flagship: Options, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tocsin.cloudtrail.scan.LITTLE", 0)
    monkeypatch.setattr("tocsin.cloudtrail.tasks._FILES", 3)
    options = (*flagship, "--now", "2026-03-05")
    one, two = (tocsin.scan(logs, *options, "--jobs", jobs, form=form, code=3) for jobs in ("1", "2"))
    assert one.out.rpartition(";")[0] == two.out.rpartition(";")[0]  # the last line ends with the time taken
    assert one.summary | {"seconds": 0} == two.summary | {"seconds": 0}


def test_the_order_of_paths_changes_no_row(tocsin: Tocsin, logs: Path, flagship: Options) -> None:
    files = sorted(logs.glob("*.gz"))
    there, back = (tocsin.scan(*order, *flagship).column("imageTag") for order in (files, files[::-1]))
    assert there == back


def test_a_full_count_decodes_what_cannot_match_and_changes_no_row(
    tocsin: Tocsin, tmp_path: Path, flagship: Options
) -> None:
    logs = write(tmp_path / "some", a=text(push(1)), b=text(*(other(number) for number in range(2, 9))))
    quick, full = tocsin.scan(logs, *flagship), tocsin.scan(logs, *flagship, "--full-count")
    assert quick.out == full.out
    assert quick.summary["files"]["ruled_out_unread"] == 1
    assert quick.summary["bytes"]["ruled_out_unread"] > 0
    assert full.summary["files"]["ruled_out_unread"] == full.summary["bytes"]["ruled_out_unread"] == 0
    assert (quick.summary["records"]["decoded"], full.summary["records"]["decoded"]) == (1, 8)


def test_a_record_delivered_twice_counts_once_unless_asked(tocsin: Tocsin, tmp_path: Path, flagship: Options) -> None:
    logs = write(tmp_path / "twice", a=text(push(1), push(1), push(2)), b=text(push(1)), c=text(push(3, eventID=None)))
    once = tocsin.scan(logs, *flagship)
    each = tocsin.scan(logs, *flagship, "--keep-duplicates")
    assert [line["event_count"] for line in once.lines] == [1, 1, 1]
    assert [line["event_count"] for line in each.lines] == [3, 1, 1]
    assert (once.summary["records"]["matched"], once.summary["records"]["duplicates"]) == (3, 2)
    assert (each.summary["records"]["matched"], each.summary["records"]["duplicates"]) == (5, 0)
    assert once.lines[0]["events"] == [{"event_id": "event-1", "file": str(logs / "a"), "position": 1}]


def unfinished(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir() if each.name.endswith(".part")]


@pytest.fixture
def quiet(tmp_path: Path) -> Path:
    return write(tmp_path / "quiet", a__json=text(push(1), push(2)))


SCANS = ("scan", "search")


def command(verb: str) -> tuple[str, ...]:
    return (verb, "* | stats count") if verb == "search" else (verb,)


@pytest.mark.parametrize("verb", SCANS)
@pytest.mark.parametrize("second", ["same", "./same", "link"])
def test_two_options_do_not_name_one_file(tocsin: Tocsin, tmp_path: Path, verb: str, second: str) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "same")
    ran = tocsin(*command(verb), "/no/logs", "-o", tmp_path / "same", "--summary", tmp_path / second, code=2)
    assert f"error: cannot write {tmp_path / 'same'}: --output and --summary both name it\n" in ran.err
    assert not (tmp_path / "same").exists()


def test_a_calendar_and_a_profile_do_not_share_a_file(tocsin: Tocsin, quiet: Path, tmp_path: Path) -> None:
    ran = tocsin("hours", "learn", quiet, "-o", tmp_path / "x", "--profile", tmp_path / "x", code=2)
    assert "--output and --profile both name it" in ran.err
    assert not (tmp_path / "x").exists()


def test_names_that_look_like_those_of_unfinished_files_are_free(
    tocsin: Tocsin, quiet: Path, tmp_path: Path, flagship: Options
) -> None:
    (tmp_path / "keep.part").write_text("mine")
    written = ("-o", tmp_path / "keep", "--format", "jsonl", "--summary", tmp_path / "same.part")
    tocsin("scan", quiet, *flagship, *written)
    assert (tmp_path / "keep.part").read_text() == "mine"
    assert len((tmp_path / "keep").read_text().splitlines()) == 2
    assert json.loads((tmp_path / "same.part").read_text())["adds_up"]


def test_two_runs_may_write_one_file_at_once(tmp_path: Path) -> None:
    with opened(tmp_path / "found") as one, opened(tmp_path / "found") as other:
        one.write("one")
        other.write("other")
        assert len(unfinished(tmp_path)) == 2
    assert (tmp_path / "found").read_text() == "one"
    assert unfinished(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.parametrize("verb", SCANS)
def test_findings_stay_where_only_their_account_cannot_be_written(
    tocsin: Tocsin, quiet: Path, tmp_path: Path, verb: str
) -> None:
    written = ("--format", "jsonl", "-o", tmp_path / "found", "--summary", "/dev/full")
    ran = tocsin(*command(verb), quiet, *written, code=2)
    assert "error: cannot write /dev/full: No space left on device" in ran.err
    assert (tmp_path / "found").read_text() != ""


def test_a_link_is_written_through(tocsin: Tocsin, quiet: Path, tmp_path: Path, flagship: Options) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to(Path("there") / "found")
    tocsin("scan", quiet, *flagship, "--format", "jsonl", "-o", tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert len((tmp_path / "there" / "found").read_text().splitlines()) == 2
    assert [each.name for each in (tmp_path / "there").iterdir()] == ["found"]


def test_a_file_that_is_replaced_keeps_its_rights(
    tocsin: Tocsin, quiet: Path, tmp_path: Path, flagship: Options
) -> None:
    for mode in (0o600, 0o664):
        (tmp_path / "found").touch()
        (tmp_path / "found").chmod(mode)
        tocsin("scan", quiet, *flagship, "--format", "jsonl", "-o", tmp_path / "found")
        assert stat.S_IMODE((tmp_path / "found").stat().st_mode) == mode
        assert (tmp_path / "found").read_text() != ""


def test_a_new_file_has_the_rights_that_the_user_gives_new_files(tmp_path: Path) -> None:
    (tmp_path / "touched").touch()
    with opened(tmp_path / "found") as file:
        file.write("found")
    assert (tmp_path / "found").stat().st_mode == (tmp_path / "touched").stat().st_mode


@pytest.mark.parametrize("verb", SCANS)
def test_a_run_does_not_read_what_it_writes(tocsin: Tocsin, quiet: Path, verb: str) -> None:
    with opened(quiet / "of another run") as other:
        other.write("{")
        other.flush()
        written = ("--format", "jsonl", "-o", quiet / "found", "--summary", quiet / "account")
        tocsin(*command(verb), quiet, *written)
    files = json.loads((quiet / "account").read_text())["files"]
    assert (files["total"], files["failed"]) == (1, 0)


@pytest.mark.parametrize("verb", [*SCANS, "hours"])
@pytest.mark.parametrize("where", ["file", "folder", "wildcard", "link", "other day", "standard input"])
def test_no_log_is_overwritten(
    tocsin: Tocsin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str, where: str
) -> None:
    day = tmp_path / "AWSLogs" / "111122223333" / "CloudTrail" / "eu-west-1" / "2026" / "01" / "02"
    day.mkdir(parents=True)
    log = write(day, a__json=text(push(1))) / "a.json"
    (tmp_path / "link").symlink_to(log)
    inputs = {"file": log, "folder": tmp_path, "wildcard": day / "*", "link": tmp_path / "link", "other day": day}
    options = ("--earliest", "2026-03-01") if where == "other day" else ()
    whole = ("hours", "learn") if verb == "hours" else command(verb)
    told = os.fstat
    if where == "standard input":
        monkeypatch.setattr("os.fstat", lambda number: told(number) if number else log.stat())
    ran = tocsin(*whole, inputs.get(where, "-"), "-o", log, *options, code=2)
    assert f"error: cannot write {log}: it is one of the files to be read; give another name\n" in ran.err
    assert log.read_bytes() == text(push(1))
    assert unfinished(day) == []


def test_no_file_that_an_option_reads_is_overwritten(tocsin: Tocsin, quiet: Path, tmp_path: Path) -> None:
    mine = detection(tmp_path / "mine", "Mine", "eventName=PutImage | stats count by user")
    before = mine.read_text()
    for option in ("--detection", "--content"):
        ran = tocsin("scan", quiet, option, mine, "--summary", mine, code=2)
        assert f"error: cannot write {mine}: {option} reads it\n" in ran.err
    assert mine.read_text() == before


@pytest.mark.parametrize("option", ["--output", "--summary"])
def test_a_name_that_no_file_can_have_is_told_at_the_start(tocsin: Tocsin, option: str, tmp_path: Path) -> None:
    long = tmp_path / ("n" * 300)
    ran = tocsin("scan", "/no/logs", option, long, code=2)
    assert ran.err.endswith(f"error: cannot write {long}: File name too long\n")
    fits = tmp_path / ("n" * 255)
    with opened(fits) as file:
        file.write("found")
    assert fits.read_text() == "found"


def test_a_pipe_without_a_name_is_written(tocsin: Tocsin, quiet: Path, flagship: Options) -> None:
    ours, theirs = os.pipe()
    tocsin("scan", quiet, *flagship, "--format", "jsonl", "-o", f"/dev/fd/{theirs}")
    os.close(theirs)
    with os.fdopen(ours) as piped:
        assert len(piped.read().splitlines()) == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may write everything")
def test_what_must_not_be_written_is_told_at_the_start(tocsin: Tocsin, tmp_path: Path) -> None:
    (tmp_path / "found").touch(mode=0o444)
    assert "Permission denied" in tocsin("scan", "/no/logs", "-o", tmp_path / "found", code=2).err
    tmp_path.chmod(0o555)
    assert "nothing can be written" in tocsin("scan", "/no/logs", "-o", tmp_path / "new", code=2).err
    tmp_path.chmod(0o755)
