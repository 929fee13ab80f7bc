"""Which files a run reads, in which order, and what is said about the rest."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cloudtrail.scanning import write
from tocsin.cloudtrail.files import Found, find
from tocsin.cloudtrail.walk import unfinished

MARCH_7 = 1772841600.0  # 2026-03-07T00:00:00Z
DAY = 86400.0


def names(found: Found, root: Path) -> list[str]:
    return [os.path.relpath(file.path, root) for file in found.files]


def look(*paths: Path | str, earliest: float | None = None, latest: float | None = None) -> Found:
    return find([str(path) for path in paths], earliest, latest)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("b/2.json", "b/1.json.gz", "a", "c/d/e.log", ".hidden/x", "z.txt"):
        write(tmp_path / "in" / name, "{}")
    return tmp_path / "in"


def test_folders_are_read_in_depth_and_by_name(tree: Path) -> None:
    found = look(tree)
    assert names(found, tree) == [".hidden/x", "a", "b/1.json.gz", "b/2.json", "c/d/e.log", "z.txt"]
    assert {file.size for file in found.files} == {2}
    assert (found.problems, found.pruned) == ((), 0)


def test_what_systems_leave_behind_is_passed_over(tree: Path) -> None:
    for name in (".DS_Store", "b/._2.json", ".git/config", ".gitignore", "Thumbs.db", unfinished("1")):
        write(tree / name, "x")
    assert len(look(tree).files) == 6


def test_paths_keep_their_order_and_are_read_once(tree: Path) -> None:
    found = look(tree / "z.txt", tree / "b", tree, tree / "b" / ".." / "a")
    assert names(found, tree) == ["z.txt", "b/1.json.gz", "b/2.json", ".hidden/x", "a", "c/d/e.log"]


def test_paths_are_shown_as_they_were_given(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree)
    assert [file.path for file in look("b", "./a").files] == ["b/1.json.gz", "b/2.json", "./a"]
    assert [file.path for file in look(".").files][:2] == ["./.hidden/x", "./a"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*", [".hidden/x", "a", "b/1.json.gz", "b/2.json", "c/d/e.log", "z.txt"]),
        ("b/*.json", ["b/2.json"]),
        ("b/?.json*", ["b/1.json.gz", "b/2.json"]),
        ("b/[!2]*", ["b/1.json.gz"]),
        ("**/*.json", ["b/2.json"]),
        ("**/e.log", ["c/d/e.log"]),
        ("c/**", ["c/d/e.log"]),
        ("**", ["./.hidden/x", "./a", "./b/1.json.gz", "./b/2.json", "./c/d/e.log", "./z.txt"]),
        ("*/d/../d/e.log", ["c/d/../d/e.log"]),
    ],
)
def test_wildcards(tree: Path, monkeypatch: pytest.MonkeyPatch, pattern: str, expected: list[str]) -> None:
    monkeypatch.chdir(tree)
    assert [file.path for file in look(pattern).files] == expected
    assert len(look(tree / pattern).files) == len(expected)


def test_a_name_that_looks_like_a_wildcard_is_a_name_first(tree: Path) -> None:
    write(tree / "b" / "[12].json", "{}")
    assert names(look(tree / "b" / "[12].json"), tree) == ["b/[12].json"]


def test_what_is_not_there_is_said(tree: Path) -> None:
    (tree / "nothing").mkdir()
    found = look(tree / "absent", tree / "*.csv", tree / "nothing", tree / "a" / "b")
    assert found.files == ()
    assert [problem.reason for problem in found.problems] == [
        "no such file or directory",
        "matches no file",
        "holds no files",
        "not a directory",
    ]


def test_a_path_that_no_system_has_is_said(tree: Path) -> None:
    assert [problem.reason for problem in look("a\0b").problems] == ["is no path"]


def test_links_that_lead_back_are_safe(tree: Path) -> None:
    (tree / "b" / "loop").symlink_to(tree, target_is_directory=True)
    (tree / "c" / "self").symlink_to(tree / "c" / "self")
    (tree / "c" / "gone").symlink_to(tree / "never")
    (tree / "y").symlink_to(tree / "a")
    found = look(tree)
    assert names(found, tree) == [".hidden/x", "a", "b/1.json.gz", "b/2.json", "c/d/e.log", "z.txt"]
    assert sorted(Path(problem.path).name for problem in found.problems) == ["gone", "self"]
    assert len(look(tree / "**").files) == 6


def test_a_pipe_in_a_folder_is_not_opened_but_one_that_is_named_is(tree: Path) -> None:
    os.mkfifo(tree / "pipe")
    found = look(tree)
    assert len(found.files) == 6
    assert [problem.reason for problem in found.problems] == ["is no regular file"]
    assert names(look(tree / "pipe"), tree) == ["pipe"]


def test_a_folder_that_cannot_be_listed_is_said(tree: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("nothing is closed to root")
    (tree / "c").chmod(0)
    found = look(tree)
    (tree / "c").chmod(0o700)
    assert [problem.reason for problem in found.problems] == ["permission denied"]


def test_a_folder_that_cannot_be_listed_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", closed)
    assert [problem.reason for problem in look(tmp_path).problems] == ["permission denied"]


def test_standard_input_is_a_dash() -> None:
    assert [(file.path, file.size) for file in look("-").files] == [("-", 0)]


def test_standard_input_that_is_named_as_well_is_read_once(tree: Path) -> None:
    first = next(each for each in sorted(tree.rglob("*")) if each.is_file())
    kept = os.dup(0)
    try:
        with first.open() as file:
            os.dup2(file.fileno(), 0)
        assert [file.path for file in look("-", "/dev/stdin", first).files] == ["-"]
    finally:
        os.dup2(kept, 0)
        os.close(kept)


KEYS = {
    day: f"AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/{day:02}/111122223333_CloudTrail_eu-west-1.json.gz"
    for day in range(1, 29)
}


def days(found: Found) -> list[int]:
    return [int(Path(file.path).parent.name) for file in found.files]


@pytest.fixture
def bucket(tmp_path: Path) -> Path:
    for key in KEYS.values():
        write(tmp_path / key, "{}")
    return tmp_path


def test_files_delivered_before_the_window_are_not_opened(bucket: Path) -> None:
    found = look(bucket, earliest=MARCH_7)
    assert (days(found)[0], found.pruned) == (6, 5)  # a day for clocks that differ
    assert days(look(bucket, earliest=MARCH_7 + 1))[0] == 6
    assert days(look(bucket, earliest=MARCH_7 - 1))[0] == 5


def test_files_delivered_long_after_the_window_are_not_opened(bucket: Path) -> None:
    found = look(bucket, latest=MARCH_7 + DAY)
    assert (days(found)[-1], found.pruned) == (14, 14)  # a week for late delivery


def test_organizations_and_digests_have_dates_too(tmp_path: Path) -> None:
    for middle in (
        "o-abc123/111122223333/CloudTrail",
        "111122223333/CloudTrail-Digest",
        "111122223333/CloudTrail-Insight",
    ):
        write(tmp_path / "AWSLogs" / middle / "eu-west-1/2020/01/01/a.json.gz", "{}")
    assert look(tmp_path, earliest=MARCH_7).pruned == 3


def test_dates_are_seen_from_within_the_tree(bucket: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(bucket / "AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03")
    assert look(".", earliest=MARCH_7).pruned == 5
    assert look("01", "*/*.gz", earliest=MARCH_7).pruned == 6
    assert look("../../2026/", earliest=MARCH_7).pruned == 5
    assert look(f"{bucket}/", earliest=MARCH_7).pruned == 5


OLD = "AWSLogs/111122223333/CloudTrail/eu-west-1/2020/01/01"
OTHER = [
    "2026/03/01/a.json",
    "AWSLogs/1/CloudTrail/r/2020/01/01/a",
    "x/2020/13/45/a.json",
    f"My{OLD}/a.json",
    f"{OLD}/later/a.json",
    f"{OLD}/{OLD.replace('2020', '2026')}/a.json",
]


@pytest.mark.parametrize("key", OTHER)
def test_other_layouts_are_never_ruled_out(tmp_path: Path, key: str) -> None:
    write(tmp_path / key, "{}")
    assert look(tmp_path, earliest=MARCH_7 - 70 * 86_400).pruned == 0


def test_a_key_is_the_end_of_a_path(tmp_path: Path) -> None:
    write(tmp_path / OLD.replace("2020", "2026") / OLD / "a.json", "{}")
    assert look(tmp_path, earliest=MARCH_7 - 70 * 86_400).pruned == 1
