"""Only regular, bounded, clean UTF-8 files become a source."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tocsin.content.text_file import read_source
from tocsin.diagnostics import Diagnostic
from tocsin.source import Source


def name(path: Path, limit: int = 1 << 20) -> str:
    found = read_source(path, limit)
    assert isinstance(found, Diagnostic)
    return found.name


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbfname: x\r\n")
    found = read_source(tmp_path / "a")
    assert isinstance(found, Source)
    assert found.text == "name: x\r\n"


@pytest.mark.parametrize(
    ("data", "problem"),
    [(b"a: \xff\n", "not-utf-8"), (b"a: x\x00y", "control-character"), (b"a: \x1b[31m", "control-character")],
)
def test_what_is_no_clean_text_is_refused(tmp_path: Path, data: bytes, problem: str) -> None:
    (tmp_path / "a").write_bytes(data)
    assert name(tmp_path / "a") == problem


def test_the_line_of_invalid_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a: 1\nb: 2\nc: \xff\n")
    found = read_source(tmp_path / "a")
    assert isinstance(found, Diagnostic) and "line 3" in found.message


def test_the_limit_is_the_last_size_that_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 100)
    assert isinstance(read_source(tmp_path / "a", 100), Source)
    assert name(tmp_path / "a", 99) == "file-too-large"


def test_missing_files_folders_pipes_and_link_loops_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for each in ("gone", ".", "pipe", "loop"):
        assert name(tmp_path / each) == "unreadable-file"
