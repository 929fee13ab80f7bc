"""Input that is broken in some place costs what is broken, is named with place and reason, and nothing else."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from tests.cli.pushes import other, push, text, write, zipped
from tests.cli.running import Ran, Tocsin

Options = tuple[str, str]


def damaged(tocsin: Tocsin, folder: Path, flagship: Options, content: bytes, *options: str) -> Ran:
    """A scan of a good file with one push, `t900`, and of a damaged one."""
    logs = write(folder / "logs", good__json=text(push(900)), damaged__json=content)
    return tocsin.scan(logs, *flagship, *options, code=3)


def assert_found(ran: Ran, *tags: str) -> None:
    assert sorted(ran.column("imageTag")) == sorted(("t900", *tags))


def test_a_gzip_file_cut_short_gives_what_came_before_the_cut(
    tocsin: Tocsin, tmp_path: Path, flagship: Options
) -> None:
    whole = zipped(*(push(number, user=os.urandom(30).hex()) for number in range(200)))
    ran = damaged(tocsin, tmp_path, flagship, whole[: len(whole) // 2])
    assert ran.summary["files"]["failed"] == 1
    assert ("damaged.json", None, "gzip data ends too early") in ran.reasons
    assert 50 < len(ran.lines) < 150


def test_a_cut_gzip_file_is_noticed_where_nothing_in_it_could_match(
    tocsin: Tocsin, tmp_path: Path, flagship: Options
) -> None:
    whole = zipped(*(other(number) for number in range(200)))
    ran = damaged(tocsin, tmp_path, flagship, whole[:-40])
    assert_found(ran)
    assert "gzip data ends too early" in [reason for _, _, reason in ran.reasons]


@pytest.mark.parametrize("content", [text(other(1), other(2))[:-300], text(other(1))[:-1], text(other(1))[:-2]])
def test_json_cut_short_is_noticed_where_nothing_in_it_could_match(
    tocsin: Tocsin, tmp_path: Path, flagship: Options, content: bytes
) -> None:
    ran = damaged(tocsin, tmp_path, flagship, content)
    assert_found(ran)
    assert ("damaged.json", None, "JSON ends too early") in ran.reasons


def test_a_gzip_bomb_is_read_no_further_than_the_cap(tocsin: Tocsin, tmp_path: Path, flagship: Options) -> None:
    bomb = gzip.compress(b'{"Records":[' + json.dumps(push(1)).encode() + b"," + b" " * (8 << 20) + b"{}]}")
    ran = damaged(tocsin, tmp_path, flagship, bomb, "--max-file-size", "1MB")
    assert_found(ran, "t001")
    assert "holds more than 1,048,576 bytes, of which these were read" in [reason for _, _, reason in ran.reasons]
    assert ran.summary["bytes"]["unpacked"] < 1 << 21


def test_a_broken_record_in_the_middle_costs_no_other(tocsin: Tocsin, tmp_path: Path, flagship: Options) -> None:
    pieces = [json.dumps(push(number)) for number in range(1, 5)]
    pieces[1] = pieces[1].replace('"eventName":', '"eventName"')
    ran = damaged(tocsin, tmp_path, flagship, b'{"Records":[%s]}' % ",".join(pieces).encode())
    assert_found(ran, "t001", "t003", "t004")
    ((name, record, reason),) = ran.reasons
    assert (name, record) == ("damaged.json", 2)
    assert reason.startswith("invalid JSON")
    assert ran.summary["records"]["unreadable"] == 1


def test_a_broken_line_among_json_lines_costs_no_other(tocsin: Tocsin, tmp_path: Path, flagship: Options) -> None:
    lines = [json.dumps(push(1)), '{"eventName": "PutImage"', json.dumps(push(2))]
    ran = damaged(tocsin, tmp_path, flagship, "\n".join(lines).encode())
    assert_found(ran, "t001", "t002")
    assert [record for _, record, _ in ran.reasons] == [2]


def test_a_record_over_the_limit_costs_no_other(tocsin: Tocsin, tmp_path: Path, flagship: Options) -> None:
    large = push(1, additionalEventData={"note": "x" * 200_000})
    ran = damaged(tocsin, tmp_path, flagship, text(large, push(2)), "--max-record-size", "100KB")
    assert_found(ran, "t002")
    assert ran.reasons == [("damaged.json", 1, "longer than 102,400 bytes")]


def test_the_limit_of_a_record_can_be_raised(tocsin: Tocsin, tmp_path: Path, flagship: Options) -> None:
    large = push(1, additionalEventData={"note": "x" * 200_000})
    logs = write(tmp_path / "logs", a__json=text(large))
    assert len(tocsin.scan(logs, *flagship, "--max-record-size", "1MB").lines) == 1


@pytest.mark.parametrize("bad", [b"\xff\xfe", b"\x80", b"\xed\xa0\x80", b"\xc3"])
def test_bytes_that_are_no_utf_8_become_replacement_characters(
    tocsin: Tocsin, tmp_path: Path, flagship: Options, bad: bytes
) -> None:
    logs = write(tmp_path / "logs", a__json=text(push(1, user="a@b"), push(2)).replace(b"a@b", b"a" + bad + b"b"))
    plain, mended = sorted(tocsin.scan(logs, *flagship).column("user"))
    assert plain == "ann"
    assert set(mended.removeprefix("a").removesuffix("b")) == {"\ufffd"}


def test_a_nul_in_a_text_costs_no_record(tocsin: Tocsin, tmp_path: Path, flagship: Options) -> None:
    raw = text(push(1, user="a@b"), push(2)).replace(b"a@b", b"a\0b")
    escaped = text(push(3, user="a@b")).replace(b"a@b", b"a\\u0000b")
    logs = write(tmp_path / "logs", a__json=raw, b__json=escaped)
    ran = tocsin.scan(logs, *flagship)
    assert sorted(ran.column("imageTag")) == ["t001", "t002", "t003"]


@pytest.mark.parametrize("content", [b"\0" * 5000, b"hello\n", b"\x89PNG\r\n\x1a\n", b'"text'])
def test_a_file_without_json_is_named(tocsin: Tocsin, tmp_path: Path, flagship: Options, content: bytes) -> None:
    ran = damaged(tocsin, tmp_path, flagship, content)
    assert_found(ran)
    assert ran.reasons == [("damaged.json", None, "no JSON found")]


@pytest.mark.parametrize(
    ("time", "reason"),
    [
        (None, "no eventTime"),
        ("yesterday", "eventTime is no time: 'yesterday'"),
        ("2026-02-30T00:00:00Z", "eventTime is no time: '2026-02-30T00:00:00Z'"),
        ("2026-03-04T25:00:00Z", "eventTime is no time: '2026-03-04T25:00:00Z'"),
        ("", "eventTime is no time: ''"),
        (1772661600, "eventTime is no text"),
        ({"at": 1}, "eventTime is no text"),
    ],
)
def test_a_record_without_a_time_is_unreadable(
    tocsin: Tocsin, tmp_path: Path, flagship: Options, time: object, reason: str
) -> None:
    ran = damaged(tocsin, tmp_path, flagship, text(push(1), push(2, eventTime=time), push(3)))
    assert_found(ran, "t001", "t003")
    assert ran.reasons == [("damaged.json", 2, reason)]
    assert ran.summary["records"]["unreadable"] == 1


@pytest.mark.parametrize(("opening", "closing"), [('{"a":', "}"), ("[", "]")])
@pytest.mark.parametrize("depth", [500, 100_000])
def test_a_record_nested_too_deeply_costs_no_other(
    tocsin: Tocsin, tmp_path: Path, flagship: Options, opening: str, closing: str, depth: int
) -> None:
    deep = json.dumps(push(1, requestParameters="@")).replace('"@"', opening * depth + "1" + closing * depth)
    content = f'{{"Records":[{json.dumps(push(2))},{deep},{json.dumps(push(3))}]}}'
    logs = write(tmp_path / "logs", a__json=content.encode())
    ran = tocsin.scan(logs, *flagship, code=None)
    assert sorted(ran.column("imageTag")) == ["t002", "t003"]
    records = ran.summary["records"]
    assert records["decoded"] == 3
    assert records["unreadable"] == (1 if ran.code else 0)  # shallow enough, it is a push without a tag


def test_a_file_that_is_nothing_but_brackets_ends(tocsin: Tocsin, tmp_path: Path, flagship: Options) -> None:
    assert_found(damaged(tocsin, tmp_path, flagship, b"[" * 200_000))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"BZh9aaaa", "bzip2 compression is not supported"),
        (b"\x28\xb5\x2f\xfdaaaa", "zstd compression is not supported"),
        (b"PAR1aaaa", "Parquet is not supported"),
        (text(push(1)).decode().encode("utf-16"), "UTF-16 is not supported"),
    ],
)
def test_a_file_of_another_kind_says_which(
    tocsin: Tocsin, tmp_path: Path, flagship: Options, content: bytes, reason: str
) -> None:
    ran = damaged(tocsin, tmp_path, flagship, content)
    assert_found(ran)
    assert ran.reasons == [("damaged.json", None, reason)]


def test_what_follows_gzip_data_is_named(tocsin: Tocsin, tmp_path: Path, flagship: Options) -> None:
    ran = damaged(tocsin, tmp_path, flagship, zipped(push(1)) + b"garbage")
    assert_found(ran, "t001")
    assert [reason for _, _, reason in ran.reasons] == ["bytes that are no gzip data follow the gzip data"]


def test_a_zip_archive_cut_short_is_named(tocsin: Tocsin, tmp_path: Path, flagship: Options) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.json", text(push(1)))
    ran = damaged(tocsin, tmp_path, flagship, packed.getvalue()[:-30])
    assert_found(ran)
    ((_, _, reason),) = ran.reasons
    assert reason.startswith("broken zip archive")


def test_records_of_something_else_are_counted_as_such(tocsin: Tocsin, tmp_path: Path, flagship: Options) -> None:
    odd = json.dumps({"Records": [{"a": 1}, push(1), 5, "x", None, [], {"eventName": "x"}]})
    logs = write(tmp_path / "logs", a__json=odd.encode(), b__json=b"42", c__json=b"null")
    ran = tocsin.scan(logs, *flagship, "--full-count")
    assert ran.column("imageTag") == ["t001"]
    assert ran.summary["records"]["not_cloudtrail"] == ran.summary["records"]["decoded"] - 1 >= 5


def test_a_path_that_does_not_exist_stops_no_other(tocsin: Tocsin, tmp_path: Path, flagship: Options) -> None:
    logs = write(tmp_path / "logs", a__json=text(push(1)))
    ran = tocsin.scan(tmp_path / "nowhere", logs, tmp_path / "none*.gz", *flagship, code=3)
    assert ran.column("imageTag") == ["t001"]
    assert ran.reasons == [("nowhere", None, "no such file or directory"), ("none*.gz", None, "matches no file")]
    assert ran.summary["files"] | {"ruled_out_unread": 0} == {
        "total": 3,
        "read": 1,
        "failed": 2,
        "ruled_out_unread": 0,
        "digest_or_insight": 0,
        "not_opened": 0,
    }


def test_a_folder_without_files_is_named(tocsin: Tocsin, tmp_path: Path, flagship: Options) -> None:
    (tmp_path / "empty" / "emptier").mkdir(parents=True)
    assert tocsin.scan(tmp_path / "empty", *flagship, code=3).reasons == [("empty", None, "holds no files")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_named(tocsin: Tocsin, tmp_path: Path, flagship: Options) -> None:
    logs = write(tmp_path / "logs", a__json=text(push(1)), b__json=text(push(2)))
    (logs / "b.json").chmod(0)
    ran = tocsin.scan(logs, *flagship, code=3)
    assert ran.column("imageTag") == ["t001"]
    assert ran.reasons == [("b.json", None, "cannot be read: Permission denied")]


def test_links_that_lead_back_or_nowhere_end(tocsin: Tocsin, tmp_path: Path, flagship: Options) -> None:
    logs = write(tmp_path / "logs", a__json=text(push(1)))
    (logs / "folder.json").mkdir()
    (logs / "folder.json" / "up").symlink_to(logs)
    (logs / "gone.json").symlink_to("nowhere")
    (logs / "round.json").symlink_to("round.json")
    ran = tocsin.scan(logs, *flagship, code=3)
    assert ran.column("imageTag") == ["t001"]
    assert [name for name, _, _ in ran.reasons] == ["gone.json", "round.json"]


def test_a_pipe_in_a_folder_is_not_waited_for(tocsin: Tocsin, tmp_path: Path, flagship: Options) -> None:
    logs = write(tmp_path / "logs", a__json=text(push(1)))
    os.mkfifo(logs / "pipe")
    ran = tocsin.scan(logs, *flagship, code=3)
    assert ran.column("imageTag") == ["t001"]
    assert ran.reasons == [("pipe", None, "is no regular file")]


def test_what_was_not_read_is_told_to_people_too(tocsin: Tocsin, tmp_path: Path, flagship: Options) -> None:
    logs = write(tmp_path / "logs", bad__json=b"no", good__json=text(push(1), push(2, eventTime="noon")))
    ran = tocsin("scan", logs, *flagship, code=3)
    assert f"{logs}/bad.json: no JSON found" in ran.out
    assert f"{logs}/good.json, record 2: eventTime is no time: 'noon'" in ran.out


def test_a_thousand_problems_are_counted_and_not_all_listed(tocsin: Tocsin, tmp_path: Path, flagship: Options) -> None:
    logs = write(tmp_path / "logs", a__json=text(*(push(number, eventTime="x") for number in range(1200)), push(1)))
    ran = tocsin.scan(logs, *flagship, code=3)
    assert ran.summary["problems_not_listed"] == 200
    assert "and 1,190 more" in ran.err
