"""What is read: files, folders, patterns, standard input; each file once, in one order, whatever its name."""

from __future__ import annotations

import io
import os
import threading
import zipfile
from pathlib import Path

import pytest

from tests.cli.pushes import push, text, write, zipped
from tests.cli.running import Tocsin

Options = tuple[str, str]


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    return write(tmp_path / "logs", a__json=text(push(1)), b__json__gz=zipped(push(2)))


def test_overlapping_paths_read_each_file_once(tocsin: Tocsin, logs: Path, flagship: Options) -> None:
    (logs / "link.json").symlink_to("a.json")
    os.link(logs / "a.json", logs / "same.json")
    ran = tocsin.scan(logs, logs / "a.json", f"{logs}/./a.json", f"{logs}/*", *flagship, "--keep-duplicates")
    assert ran.column("imageTag") == ["t001", "t002"]
    assert ran.summary["files"]["total"] == 2


def test_a_copy_is_another_file_whose_records_are_duplicates(tocsin: Tocsin, logs: Path, flagship: Options) -> None:
    write(logs, copy__json=text(push(1)))
    ran = tocsin.scan(logs, *flagship)
    assert ran.column("imageTag") == ["t001", "t002"]
    assert ran.summary["records"]["duplicates"] == 1
    assert [line["event_count"] for line in tocsin.scan(logs, *flagship, "--keep-duplicates").lines] == [2, 1]


@pytest.mark.parametrize("pattern", ["*", "*.gz", "[b]*", "?.json.gz", "../logs/*.gz", "**/b*"])
def test_patterns_stand_for_files(tocsin: Tocsin, logs: Path, flagship: Options, pattern: str) -> None:
    assert "t002" in tocsin.scan(logs / pattern, *flagship).column("imageTag")


def test_a_file_may_have_the_name_of_a_pattern(tocsin: Tocsin, logs: Path, flagship: Options) -> None:
    write(logs, **{"[x]*": text(push(3))})
    assert tocsin.scan(logs / "[x]*", *flagship).column("imageTag") == ["t003"]


@pytest.mark.parametrize("name", ["ünï 名.json", "blank at end ", "-dash", "new\nline", "\x1b[31m.json"])
def test_names_of_files_may_be_anything(tocsin: Tocsin, tmp_path: Path, flagship: Options, name: str) -> None:
    logs = write(tmp_path / "logs", **{name: text(push(1))})
    ((event,),) = [line["events"] for line in tocsin.scan(logs, *flagship).lines]
    assert event["file"] == str(logs / name)


def test_a_name_that_is_no_utf_8_is_read_and_can_be_told(tocsin: Tocsin, tmp_path: Path, flagship: Options) -> None:
    logs = write(tmp_path / "logs", a__json=text(push(1)))
    (logs / "a.json").rename(os.fsdecode(os.fsencode(logs) + b"/\xff.json"))
    ran = tocsin.scan(logs, *flagship)
    ((event,),) = [line["events"] for line in ran.lines]
    assert os.fsencode(event["file"]) == os.fsencode(logs) + b"/\xff.json"
    os.fsencode(event["file"])
    assert "\\udcff" in tocsin("scan", write(logs, b__json=b"no"), *flagship, "--format", "jsonl", code=3).out


@pytest.mark.parametrize("content", [text(push(1)), zipped(push(1)), b"\n".join((text(push(1)), text(push(2))))])
def test_standard_input_is_a_file(
    tocsin: Tocsin, flagship: Options, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    ran = from_stdin(tocsin, flagship, monkeypatch, content)
    assert ran.column("imageTag")[0] == "t001"
    assert ran.lines[0]["events"][0]["file"] == "-"


def test_empty_standard_input_is_named(tocsin: Tocsin, flagship: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    assert from_stdin(tocsin, flagship, monkeypatch, b"", code=3).reasons == [("-", None, "empty")]


def test_a_named_pipe_is_read_when_it_is_asked_for(tocsin: Tocsin, tmp_path: Path, flagship: Options) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(text(push(1)),))
    writer.start()
    assert tocsin.scan(pipe, *flagship).column("imageTag") == ["t001"]
    writer.join()


def test_members_of_zip_archives_are_read(tocsin: Tocsin, tmp_path: Path, flagship: Options) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.json", text(push(1)))
        archive.writestr("deep/../../b.json.gz", zipped(push(2)))
    logs = write(tmp_path / "logs", all__zip=packed.getvalue())
    assert tocsin.scan(logs, *flagship).column("imageTag") == ["t001", "t002"]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["logs"]


def test_no_path_at_all_is_wrong_usage(tocsin: Tocsin, flagship: Options) -> None:
    assert "Missing argument 'PATH...'" in tocsin("scan", *flagship, code=2).err


def from_stdin(tocsin: Tocsin, flagship: Options, patch: pytest.MonkeyPatch, content: bytes, code: int = 0):  # type: ignore[no-untyped-def]
    """A scan whose standard input is the content."""
    read, written = os.pipe()
    kept = os.dup(0)
    os.write(written, content)
    os.close(written)
    os.dup2(read, 0)
    os.close(read)
    try:
        return tocsin.scan("-", *flagship, code=code)
    finally:
        os.dup2(kept, 0)
        os.close(kept)
