"""Bad input is named, costs no other record, and raises nothing."""

from __future__ import annotations

import gzip
import json
import os
import random
import zipfile
from pathlib import Path
from threading import Thread

import pytest

from tests.cloudtrail.scanning import PUSHES, Answer, record, run, text, want, write
from tocsin.cloudtrail.request import RAW, TIME

RECORDS = [record(number) for number in range(1, 6)]
TEXTS = [json.dumps(each, separators=(",", ":")) for each in RECORDS]
IDS = [f"id-{number}" for number in range(1, 6)]


def reasons(answer: Answer) -> str:
    return "; ".join(reason for _, reason in answer.reasons)


WHOLE_FILES = {
    "empty": (b"", "empty"),
    "blank": (b" \n\t\n ", "empty"),
    "text": (b"hello, world\n", "no JSON found"),
    "binary": (bytes(range(128, 256)) * 20, "no JSON found"),
    "zeros": (bytes(5000), "no JSON found"),
    "utf-16": (text(*RECORDS).encode("utf-16"), "UTF-16 is not supported"),
    "utf-16-without-mark": (text(*RECORDS).encode("utf-16-le"), "UTF-16 is not supported"),
    "parquet": (b"PAR1" + bytes(40), "Parquet is not supported"),
    "zstd": (b"\x28\xb5\x2f\xfd" + bytes(40), "zstd compression is not supported"),
    "bzip2": (b"BZh91AY&SY" + bytes(40), "bzip2 compression is not supported"),
    "tar": (b"name" + bytes(253) + b"ustar" + bytes(250), "tar archives are not supported"),
    "empty-gzip": (gzip.compress(b""), "empty"),
    "gzip-of-utf-16": (gzip.compress(text(*RECORDS).encode("utf-16")), "UTF-16 is not supported"),
    "half-a-gzip-header": (b"\x1f\x8b\x08", "gzip data ends too early"),
    "gzip-of-text": (gzip.compress(b"hello"), "no JSON found"),
    "broken-zip": (b"PK\x03\x04" + bytes(40), "broken zip archive"),
}


@pytest.mark.parametrize(("content", "reason"), WHOLE_FILES.values(), ids=WHOLE_FILES)
@pytest.mark.parametrize("condition", [want(), want(PUSHES)], ids=["all", "selective"])
def test_a_file_that_is_no_log_fails_and_the_others_are_read(
    tmp_path: Path, content: bytes, reason: str, condition: object
) -> None:
    write(tmp_path / "a-bad", content)
    write(tmp_path / "b-good", text(RECORDS[0]))
    answer = run(tmp_path, condition)  # type: ignore[arg-type]
    assert answer.ids == ["id-1"]
    assert (answer.account.files, answer.account.failed, answer.account.decoded) == (2, 1, 1)
    assert [(problem.path, problem.position) for problem in answer.account.problems] == [
        (str(tmp_path / "a-bad"), None)
    ]
    assert reason in reasons(answer)


@pytest.mark.parametrize("condition", [want(), want(PUSHES)], ids=["all", "selective"])
def test_truncated_gzip_gives_the_records_before_the_break(tmp_path: Path, condition: object) -> None:
    many = [record(number, requestID=random.Random(number).randbytes(40).hex()) for number in range(1, 301)]
    packed = gzip.compress(text(*many).encode())
    answer = run(write(tmp_path / "a", packed[: len(packed) // 2]), condition)  # type: ignore[arg-type]
    assert 50 < len(answer.rows) < 300
    assert answer.ids == [f"id-{number}" for number in range(1, len(answer.rows) + 1)]
    assert (answer.account.failed, answer.account.unreadable) == (1, 1)
    assert answer.reasons == [(None, "gzip data ends too early"), (len(answer.rows) + 1, "cut off with the file")]


def test_truncated_gzip_is_noticed_where_the_prefilter_rules_the_rest_out(tmp_path: Path) -> None:
    packed = gzip.compress(text(record(eventName="GetObject")).encode())
    answer = run(write(tmp_path / "a", packed[:-4]), want(PUSHES))
    assert (answer.account.failed, answer.account.skipped_files) == (1, 0)


def test_broken_gzip_gives_what_came_before(tmp_path: Path) -> None:
    many = [record(number, requestID=random.Random(number).randbytes(200).hex()) for number in range(1, 301)]
    packed = bytearray(gzip.compress(text(*many).encode()))
    middle = len(packed) // 2
    packed[middle : middle + 64] = bytes(64)
    answer = run(write(tmp_path / "a", bytes(packed)))
    assert answer.account.failed == 1
    assert "broken gzip data" in reasons(answer)
    assert answer.ids[:100] == [f"id-{number}" for number in range(1, 101)]


def test_a_wrong_checksum_is_noticed_and_costs_no_record(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(text(*RECORDS).encode()))
    packed[-6] ^= 255
    answer = run(write(tmp_path / "a", bytes(packed)))
    assert (answer.ids, answer.account.failed) == (IDS, 1)
    assert "broken gzip data" in reasons(answer)


@pytest.mark.parametrize("place", ["pipe", "archive", "packed again"])
def test_a_wrong_checksum_costs_no_record_where_a_file_cannot_be_read_twice(tmp_path: Path, place: str) -> None:
    packed = bytearray(gzip.compress(text(*RECORDS).encode()))
    packed[-6] ^= 255
    answer = run(_placed(tmp_path, place, bytes(packed)))
    assert (answer.ids, answer.account.failed) == (IDS, 1)
    assert "broken gzip data" in reasons(answer)
    assert ("member 'a.gz': " in reasons(answer)) == (place == "archive")


def _placed(folder: Path, place: str, data: bytes) -> Path:
    path = folder / "file"
    if place == "pipe":
        os.mkfifo(path)
        Thread(target=path.write_bytes, args=(data,), daemon=True).start()
    elif place == "archive":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.gz", data)
    else:
        path.write_bytes(gzip.compress(data))
    return path


def test_a_zip_archive_in_a_pipe_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("1", TEXTS[0])
    answer = run(_placed(tmp_path, "pipe", (tmp_path / "a.zip").read_bytes()))
    assert answer.reasons == [(None, "a zip archive cannot be read from a pipe")]


def test_what_is_packed_twice_is_bounded(tmp_path: Path) -> None:
    nothing = gzip.compress(b"", mtime=0) * 1_000
    answer = run(write(tmp_path / "a", nothing, packed=True), max_raw=10_000)
    assert answer.reasons[0] == (None, "holds more than 10,000 bytes, of which these were read")


def test_bytes_after_gzip_data_are_noticed(tmp_path: Path) -> None:
    answer = run(write(tmp_path / "a", gzip.compress(text(*RECORDS).encode()) + b"garbage"))
    assert (answer.ids, answer.account.failed) == (IDS, 1)
    assert "follow the gzip data" in reasons(answer)


def test_a_bomb_is_capped_and_what_was_read_counts(tmp_path: Path) -> None:
    bomb = text(*RECORDS)[:-2] + " " * 5_000_000 + "]}"
    for condition in (want(), want(PUSHES)):
        answer = run(write(tmp_path / "a", bomb, packed=True), condition, max_raw=100_000)
        assert (answer.ids, answer.account.failed, answer.account.raw_bytes) == (IDS, 1, 100_000)
        assert answer.reasons == [(None, "holds more than 100,000 bytes, of which these were read")]


def test_a_bad_member_of_a_zip_archive_costs_no_other(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("1", TEXTS[0])
        archive.writestr("2", TEXTS[1])
    data = bytearray((tmp_path / "a.zip").read_bytes())
    data[data.index(b"id-1")] ^= 1
    answer = run(write(tmp_path / "a.zip", bytes(data)))
    assert "id-2" in answer.ids
    assert answer.account.failed == 1


@pytest.mark.parametrize("separator", [",", "\n", ",\n  ", ""], ids=["compact", "lines", "loose", "glued"])
@pytest.mark.parametrize(
    "damage", ['"x":', '{"eventVersion":"1.0","a":}', '{"eventVersion":"1.0","a":"b","c"}', "}}", "nonsense"]
)
def test_a_broken_record_costs_no_other(tmp_path: Path, separator: str, damage: str) -> None:
    inner = separator.join([TEXTS[0], TEXTS[1], damage, *TEXTS[2:]])
    framed = [f'{{"Records":[{inner}]}}', f"[{inner}]"] if "," in separator else [inner]
    for content in framed:
        for condition in (want(), want(PUSHES)):
            answer = run(write(tmp_path / "a", content), condition)
            assert answer.ids == IDS
            assert answer.account.unreadable >= 1
            assert answer.account.decoded == 5 + answer.account.unreadable + answer.account.not_cloudtrail


def test_what_is_wrong_with_a_record_is_a_whole_sentence(tmp_path: Path) -> None:
    answer = run(write(tmp_path / "a", "\n".join([TEXTS[0], TEXTS[1].replace("maya", "ma\nya"), TEXTS[2]])))
    assert (1, "invalid JSON: invalid control character") in [(at and at - 1, reason) for at, reason in answer.reasons]
    assert not reasons(answer).endswith((" at", ":"))


def test_a_broken_record_is_named_with_its_position(tmp_path: Path) -> None:
    answer = run(write(tmp_path / "a", "\n".join([*TEXTS[:2], TEXTS[2][:-20], *TEXTS[3:]])))
    assert answer.ids == ["id-1", "id-2", "id-4", "id-5"]
    assert (answer.account.decoded, answer.account.unreadable, answer.account.failed) == (5, 1, 0)
    ((position, reason),) = answer.reasons
    assert position == 3
    assert reason.startswith("invalid JSON")


@pytest.mark.parametrize("end", [1, 2, 3, 40, 300])
def test_json_that_ends_too_early_is_noticed(tmp_path: Path, end: int) -> None:
    for condition in (want(), want(PUSHES), want(PUSHES, paths=("eventName",))):
        answer = run(write(tmp_path / "a", text(*RECORDS)[:-end]), condition)
        assert answer.ids == IDS[: 5 if end < 3 else 4 if end < 300 else len(answer.ids)]
        assert answer.account.failed == 1
        assert "JSON ends too early" in reasons(answer)


@pytest.mark.parametrize("end", [1, 2, 3, 40, 300])
def test_json_that_ends_too_early_is_noticed_where_no_record_can_match(tmp_path: Path, end: int) -> None:
    for content in (text(*RECORDS)[:-end], "\n".join(TEXTS)[:-end]):
        answer = run(write(tmp_path / "a", content.replace("PutImage", "GetObject")), want(PUSHES))
        assert answer.account.failed == 1
        assert answer.account.skipped_files == 0


def test_odd_bytes_in_texts_cost_nothing(tmp_path: Path) -> None:
    bad = TEXTS[1].encode().replace(b"maya", b"m\xff\xfea")
    nul = TEXTS[2].encode().replace(b"maya", b"m\x00a")
    lone = TEXTS[3].encode().replace(b"maya", rb"m\ud800a")
    tab = TEXTS[4].encode().replace(b"maya", b"m\ta")
    content = b'{"Records":[' + b",".join([TEXTS[0].encode(), bad, nul, lone, tab]) + b"]}"
    answer = run(write(tmp_path / "a", content), want(raw=True))
    assert answer.ids == IDS
    users = [row["userIdentity.userName"] for row in answer.rows]
    assert users == ["maya", "m\ufffd\ufffda", "m\ufffda", "m\ufffda", "m a"]
    assert answer.account.unreadable == 0


def test_odd_bytes_hide_no_match_from_the_prefilter(tmp_path: Path) -> None:
    content = text(record(userAgent="XX")).encode().replace(b"XX", b"\xf0\x9f\xff\xc3")
    assert run(write(tmp_path / "a", content), want(PUSHES)).ids == ["id-1"]


@pytest.mark.parametrize("depth", [900, 1100, 30_000])
def test_deep_nesting_is_unreadable_at_worst(tmp_path: Path, depth: int) -> None:
    deep = TEXTS[1][:-1] + ',"deep":' + "[" * depth + "]" * depth + "}"
    shut = TEXTS[2][:-1] + ',"deep":' + '{"a":' * depth + "1" + "}" * depth + "}"
    content = '{"Records":[' + ",".join([TEXTS[0], deep, shut, *TEXTS[3:]]) + "]}"
    for patterns in ((), ("*",)):
        answer = run(write(tmp_path / "a", content), want(patterns=patterns))
        assert {"id-1", "id-4", "id-5"} <= set(answer.ids)
        assert len(answer.rows) + answer.account.unreadable == 5


def test_numbers_beyond_reason_are_texts(tmp_path: Path) -> None:
    odd = ["1e999", "9" * 6000, "-0.0", "1.50", "123456789012345678901234567890", "NaN"]
    content = text(*(record(n, requestParameters={"repositoryName": f"<{n}>"}) for n in range(len(odd))))
    for number, value in enumerate(odd):
        content = content.replace(f'"<{number}>"', value)
    answer = run(write(tmp_path / "a", content))
    assert [row["requestParameters.repositoryName"] for row in answer.rows] == odd


BAD_TIMES: list[object] = [
    None,
    "",
    "yesterday",
    1772845200,
    1.5,
    True,
    [],
    {},
    ["2026-03-07T01:00:00Z"],
    "2026-13-07T01:00:00Z",
]


@pytest.mark.parametrize("time", BAD_TIMES, ids=repr)
def test_a_record_without_a_time_is_unreadable(tmp_path: Path, time: object) -> None:
    records = [record(1), record(2, eventTime=time), record(3)]
    answer = run(write(tmp_path / "a", text(*records)))
    assert answer.ids == ["id-1", "id-3"]
    assert (answer.account.decoded, answer.account.unreadable, answer.account.failed) == (3, 1, 0)
    assert [position for position, _ in answer.reasons] == [2]
    assert "eventTime" in reasons(answer)


@pytest.mark.parametrize("time", ["yesterday", 5, None, "2026-03-07 01:00:00.12345678901", "2026-03-07T24:00:00Z"])
def test_a_time_that_nobody_asks_for_is_looked_at_all_the_same(tmp_path: Path, time: object) -> None:
    many = [*RECORDS[:2], RECORDS[2] | {"eventTime": time}, *RECORDS[3:]]
    path = write(tmp_path / "a", text(*many))
    asked, unasked = (run(path, want(times=times)) for times in (True, False))
    assert (unasked.ids, unasked.reasons) == (asked.ids, asked.reasons)
    assert unasked.account.unreadable == asked.account.unreadable


def test_a_null_time_is_unreadable(tmp_path: Path) -> None:
    answer = run(write(tmp_path / "a", text(record(1)).replace('"2026-03-07T01:00:00Z"', "null")))
    assert (answer.rows, answer.reasons) == ([], [(1, "eventTime is no text")])


def test_positions_of_problems_run_through_a_file_with_good_and_bad_pieces(tmp_path: Path) -> None:
    pieces = [record(1), 5, record(2, eventTime="x"), {"a": 1}, record(3)]
    answer = run(write(tmp_path / "a", text(*pieces)))
    assert answer.ids == ["id-1", "id-3"]
    assert answer.account.not_cloudtrail == 2
    assert [position for position, _ in answer.reasons] == [3]


def test_a_record_longer_than_allowed_is_passed_over(tmp_path: Path) -> None:
    long = record(2, userAgent="x" * 200_000)
    for content in (text(record(1), long, record(3)), "\n".join(map(json.dumps, (record(1), long, record(3))))):
        answer = run(write(tmp_path / "a", content), max_record=50_000)
        assert (answer.ids, answer.account.unreadable) == (["id-1", "id-3"], 1)
        assert answer.reasons == [(2, "longer than 50,000 bytes")]


def test_objects_where_texts_should_be_lose_no_record(tmp_path: Path) -> None:
    shapes = [None, 5, 1.25, True, [], {}, "", ["v"], {"tag": "v"}, [{"a": [1]}], "null"]
    records: list[dict[str, object]] = []
    for key in ("userIdentity", "requestParameters", "resources", "userAgent", "awsRegion"):
        for shape in shapes:
            records.append({**record(len(records) + 1), key: shape})
    answer = run(
        write(tmp_path / "a", text(*records)), want(paths=("userIdentity.type", "resources{}.a{}", "userAgent"))
    )
    assert len(answer.rows) == len(records)
    assert [row.get("userAgent") for row in answer.rows[33:44]] == [
        "null",
        "5",
        "1.25",
        "true",
        *[None] * 2,
        "",
        None,
        None,
        None,
        "null",
    ]


def test_names_of_odd_kinds_are_still_records(tmp_path: Path) -> None:
    records = [{**record(n), "eventName": name} for n, name in enumerate([None, 5, [], {"a": 1}, ["PutImage"]], 1)]
    answer = run(write(tmp_path / "a", text(*records)))
    assert len(answer.rows) == 5


def test_an_event_without_an_id_has_none(tmp_path: Path) -> None:
    ids: tuple[object, ...] = (None, "", [], 7)
    records = [*({**record(1), "eventID": each} for each in ids), record(1, eventID=None)]
    rows = run(write(tmp_path / "a", text(*records))).rows
    assert [row.get("__tocsin_event_id") for row in rows] == [None, None, None, "7", None]
    assert all(TIME in row and RAW not in row for row in rows)
