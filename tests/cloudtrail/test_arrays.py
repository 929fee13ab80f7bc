"""Columns made at once say what a look at each value says, or that they cannot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.cloudtrail.scanning import record, text, want, write
from tocsin.cloudtrail import arrays, columns, select
from tocsin.cloudtrail.account import ScanAccount
from tocsin.cloudtrail.columns import MANY
from tocsin.cloudtrail.eventtime import Times, parse
from tocsin.cloudtrail.files import find
from tocsin.cloudtrail.moments import Moments
from tocsin.cloudtrail.request import EVENT_ID, OFFSET, SEQ, TIME, Request
from tocsin.cloudtrail.scan import scan
from tocsin.plan.expr import Apply, Column

WRITTEN = st.datetimes().map(lambda time: f"{time:%Y-%m-%dT%H:%M:%S}Z".zfill(20))
ODD = st.sampled_from(
    [
        *("2026-03-07 01:00:00Z", "2026-03-07T01:00:00z", "2026-03-07T01:00:60Z", "0000-01-01T00:00:00Z"),
        *("2026-03-07T01:00:00.5", "2026-03-07T01:00+00Z", "2026-02-30T01:00:00Z", "2026-03-07T24:00:00Z"),
        *("2026-03-07T01:00:00+1", "20260307T0100000000Z", "2026-03-07T01:00:0\xb2Z", "Z" * 20, "", None, 5),
    ]
)


@given(st.lists(WRITTEN | ODD, min_size=1, max_size=4))
@example(["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_times_read_at_once_are_those_read_one_by_one(texts: list[object]) -> None:
    one_by_one = [parse(text) if isinstance(text, str) else None for text in texts]
    at_once = arrays.seconds(texts)
    if at_once is not None:
        assert list(zip(at_once.to_pylist(), arrays.zeros(len(texts)).to_pylist(), strict=True)) == one_by_one


def test_times_as_cloudtrail_writes_them_are_read_at_once() -> None:
    read = arrays.seconds(["1970-01-01T00:00:00Z", "2026-03-07T01:00:00Z"])
    assert read is not None
    assert read.to_pylist() == [0, 1772845200]


@given(st.lists(WRITTEN | ODD, min_size=1, max_size=4), st.booleans(), st.booleans())
def test_moments_are_the_same_read_either_way(texts: list[object], early: bool, late: bool) -> None:
    window = (0.0 if early else None, 2e9 if late else None)
    many, few = (Moments(texts, Times(), at_once=at_once) for at_once in (True, False))
    assert many.missing == few.missing
    rows = few.within(*window)
    assert list(many.within(*window)) == list(rows)
    for name in (TIME, OFFSET):
        one, other = (each.hidden(rows)[name] for each in (many, few))
        assert (one if isinstance(one, list) else one.to_pylist()) == list(other)


def test_texts_are_a_column_and_anything_else_is_none() -> None:
    column = arrays.texts(["a", None, ""])
    assert column is not None
    assert column.to_pylist() == ["a", None, ""]
    odd: list[Any] = [5, 1.5, True, ["x"], {}]
    assert [each for each in odd if arrays.texts(["a", each]) is not None] == []


def test_a_column_that_repeats_itself_holds_each_text_once() -> None:
    import pyarrow as pa

    same, others = pa.array([str(row % 7) for row in range(1000)]), pa.array(list(map(str, range(1000))))
    assert pa.types.is_dictionary(arrays.few(same).type)
    assert arrays.few(same).to_pylist() == same.to_pylist()
    assert arrays.few(others) is others
    assert arrays.few([1, 2]) == [1, 2]


@pytest.mark.parametrize(("start", "count"), [(0, 1), (7 << 32, 3), (1, arrays._STEPS + 1)])
def test_places_ascend(start: int, count: int) -> None:
    assert arrays.ascending(start, count).to_pylist() == list(range(start, start + count))


def found(path: Path) -> tuple[list[dict[str, Any]], ScanAccount]:
    account = ScanAccount()
    paths = ("eventName", "userIdentity.userName", "awsRegion", "resources{}.ARN", "userIdentity.arn")
    named = (want(Apply("exists", (Column(name),)), paths=paths) for name in ("eventName", "userIdentity.userName"))
    request = Request((want(paths=paths), *named))
    tables = list(scan(request, find([str(path)], None, None).files, jobs=1, account=account))
    return [row for _, table in tables for row in table.to_pylist()], account


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"eventTime": "2026-03-07T01:00:00.25Z"},
        {"eventTime": "2026-03-07T03:00:00+02:00"},
        {"eventTime": "soon"},
        {"eventID": ""},
        {"eventID": "null"},
        {"eventID": 5},
        {"eventID": None},
        {"eventName": 5.50},
        {"eventSource": "x"},
        {"eventSource": "aws:s3"},
        {"eventName": ["x"]},
        {"awsRegion": False},
        {"userIdentity": "root"},
        {"userIdentity": {"userName": 1.50}},
        {"resources": [{"ARN": "a"}, {"ARN": "b"}]},
    ],
)
def test_files_of_many_records_are_read_as_those_of_few(
    tmp_path: Path, odd: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    ordinary = [record(number, eventName=f"Name{number % 9}") for number in range(MANY + 20)]
    others = [*ordinary[:7], record(**odd), *ordinary[7:]]
    for name, records in {"1": ordinary, "2": others, "3": ordinary}.items():
        write(tmp_path / f"{name}.json", text(*records))
    at_once = found(tmp_path)
    monkeypatch.setattr(select, "MANY", 10**9)
    monkeypatch.setattr(columns, "MANY", 10**9)
    assert found(tmp_path) == at_once


@pytest.mark.parametrize("count", [3, MANY + 20])
def test_times_and_ids_are_left_out_where_nobody_asks_for_them(tmp_path: Path, count: int) -> None:
    write(tmp_path / "a.json", text(*map(record, range(count)), record(count, eventTime="never")))
    asked, unasked = want(paths=("eventName",)), want(paths=("eventName",), times=False, ids=False)
    for wants, names in (
        ((unasked,), [{SEQ, "eventName"}]),
        ((asked, unasked), [{EVENT_ID, TIME, OFFSET, SEQ, "eventName"}, {SEQ, "eventName"}]),
    ):
        account = ScanAccount()
        files = find([str(tmp_path)], None, None).files
        tables = dict(scan(Request(wants), files, jobs=1, account=account))
        assert [set(tables[index].column_names) for index in range(len(wants))] == names
        assert [tables[index].num_rows for index in range(len(wants))] == [count] * len(wants)
        assert account.unreadable == 1
