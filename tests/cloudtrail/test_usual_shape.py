"""The shape of usual records: what it takes it reads as the full shape does, and the rest it refuses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tocsin.cloudtrail import exact
from tocsin.cloudtrail.columns import Columns
from tocsin.cloudtrail.decode import Decoder
from tocsin.cloudtrail.eventtime import parse
from tocsin.cloudtrail.shape import Shape, shape

PATHS = ("a", "a.b", "a.b.c", "b{}", "b{}.c", "c{}{}", "eventName")
MARKS = {"eventName": "PutImage", "eventSource": "ecr.amazonaws.com"}
USUAL = shape(PATHS, joined=False, usual=True)
FULL = shape(PATHS, joined=False)

KEYS = st.sampled_from(["a", "b", "c", "b.c", "a.b"])
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["", "null", "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


def columns(form: Shape, text: bytes) -> dict[str, list[Any]]:
    """All columns, whole and row by row."""
    records = msgspec.json.decode(text, type=list[form.record])  # type: ignore[name-defined]
    texts = list(map(bytes, msgspec.json.decode(text, type=list[msgspec.Raw])))
    made, other = (
        Columns(form, list(records), lambda row: exact.record(texts[row], form.record), texts.__getitem__) for _ in "12"
    )
    whole = {path: list(made.whole(path)) for path in PATHS}
    assert whole == {path: [made.value(path, row) for row in range(len(records))] for path in PATHS}
    arrays = {path: other.array(path) for path in PATHS}
    assert whole == {
        path: list(each) if isinstance(each, Sequence) else each.to_pylist() for path, each in arrays.items()
    }
    return whole


@given(st.lists(st.dictionaries(KEYS, JSON, max_size=4), max_size=4))
@example([{"a": None}])
@example([{"a": {"b": {"c": 1.50}}}, {"a": {"b": None}}, {"a": None, "b": None}])
def test_what_the_usual_shape_takes_it_reads_as_the_full_one_does(objects: list[dict[str, Any]]) -> None:
    text = json.dumps([{**each, **MARKS} for each in objects]).encode()
    try:
        found = columns(USUAL, text)
    except msgspec.ValidationError:
        return
    assert found == columns(FULL, text)


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"a": {}},
        {"a": None},
        {"a": {"b": None}},
        {"b": [None]},
        {"a": 5},
        {"a": {"b": {"c": "x"}}},
        {"b": [{"c": True}, {}]},
        {"b": None},
        {"d": None},
    ],
)
def test_what_records_usually_hold_is_not_refused(record: dict[str, Any]) -> None:
    assert columns(USUAL, json.dumps([{**record, **MARKS}]).encode())


@pytest.mark.parametrize(
    "record",
    [
        MARKS | {"a": {"b": {"c": None}}},
        MARKS | {"b": ["x", None, {"c": None}]},
        MARKS | {"a": {"b.c": "x"}},
        MARKS | {"a": {"b.c": None}},
        {"eventName": "PutImage"},
        {"eventSource": "ecr.amazonaws.com"},
        MARKS | {"eventSource": "aws:s3"},
    ],
)
def test_what_it_would_read_wrongly_is_refused(record: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        columns(USUAL, json.dumps([record]).encode())


DATED = shape(PATHS, joined=False, usual=True, dated=True)
CLOCK = [
    ["2026-03-07", "2024-02-29", "2025-02-29", "0001-01-01", "9999-12-31", "0000-01-01", "2026-3-7", "20260307", ""],
    ["T", "t", " ", "", "  ", "_"],
    ["01:00:00", "23:59:60", "24:00:00", "1:00:00", "01:00", "010000", ""],
    ["", ".5", ".123456789", ".1234567890123456789", ",5", "."],
    ["Z", "z", "", "+01:00", "-0930", "+01", "+24:00", "+01:60", "-00:00", "UTC", " +01:00"],
]


@given(st.tuples(*map(st.sampled_from, CLOCK)).map("".join) | st.text(max_size=30) | st.integers() | st.none())
@example("2026-03-07t01:00:00.1234567890123456789z")
def test_what_the_dated_shape_takes_has_a_time(written: str | int | None) -> None:
    text = json.dumps([{**MARKS, "eventTime": written}]).encode()
    try:
        columns(DATED, text)
    except msgspec.ValidationError:
        return
    assert isinstance(written, str)
    assert parse(written) is not None


def test_the_dated_shape_takes_times_as_cloudtrail_writes_them() -> None:
    assert columns(DATED, json.dumps([{**MARKS, "eventTime": "2026-03-07T01:00:00Z"}]).encode())
    with pytest.raises(msgspec.ValidationError):
        columns(DATED, json.dumps([MARKS]).encode())


@pytest.mark.parametrize("odd", [{"a": {"b.c": "x"}}, {"a": {"b": {"c": None}}}, {"eventSource": "short"}])
@pytest.mark.parametrize("written", ['{"Records":[%s,%s]}', "[%s,%s]", "%s\n%s"])
def test_a_buffer_with_one_unusual_record_is_read_in_full(odd: dict[str, Any], written: str) -> None:
    texts = [json.dumps(MARKS | {"a": "x"}), json.dumps(MARKS | odd)]
    decoder = Decoder(PATHS, 1 << 20, joined=False)
    (part,) = decoder.decode((written % tuple(texts)).encode())
    assert part.shape is decoder.shape
    assert [bytes(part.text(row)).decode() for row in range(2)] == texts


@pytest.mark.parametrize("tail", ["", "\n", " \t ", ',"more":1', ',"Records":[]'])
def test_what_follows_the_records_loses_none(tail: str) -> None:
    text = '{ "Records" : [' + json.dumps(MARKS) + f" ] {tail} }}"
    parts = list(Decoder(PATHS, 1 << 20, joined=False).decode(text.encode()))
    assert sum(len(part.records) for part in parts) == 1
