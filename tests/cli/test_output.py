"""Output files are whole or not there; the same input gives the same output, byte for byte."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.pushes import other, push, text, write, zipped
from tests.cli.running import Tocsin, assert_adds_up
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
