from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.cloudtrail.eventtime import Times, parse


@pytest.mark.parametrize(
    ("text", "seconds", "offset"),
    [
        ("2026-03-07T01:00:00Z", 1772845200, 0),
        ("2026-03-07T01:00:00z", 1772845200, 0),
        ("2026-03-07t01:00:00z", 1772845200, 0),
        ("2026-03-07 01:00:00", 1772845200, 0),
        ("2026-03-07T01:00:00.1234567890123456789Z", 1772845200.123456, 0),
        ("2026-03-07 01:00:00 +00:00", 1772845200, 0),
        ("2026-03-07T01:00:00.250Z", 1772845200.25, 0),
        ("2026-03-07T01:00:00.123456789Z", 1772845200.123456, 0),
        ("2026-03-07T00:59:59.999999999Z", 1772845199.999999, 0),
        ("2026-03-07T03:30:00+02:30", 1772845200, 150),
        ("2026-03-06T17:00:00-0800", 1772845200, -480),
        ("2026-03-06T17:00:00.5-08", 1772845200.5, -480),
        ("2016-12-31T23:59:60Z", 1483228800, 0),
        ("1969-12-31T23:59:59Z", -1, 0),
        ("0001-01-01T00:00:00+14:00", -62135596800 - 14 * 3600, 840),
    ],
)
def test_times_as_tools_write_them(text: str, seconds: float, offset: int) -> None:
    assert parse(text) == (seconds, offset)


@pytest.mark.parametrize(
    "text",
    (
        *("", "2026-03-07", "20260307T010000Z", "2026-03-07T01:00Z", "2026-02-30T01:00:00Z", "2026-03-07T24:00:00Z"),
        *("2026-03-07T01:00:00+25:00", "2026-03-07T01:00:00.Z", "2026-03-07T01:00:00Zjunk", " 2026-03-07T01:00:00Z"),
        *(
            "٢٠٢٦-٠٣-٠٧T01:00:00Z",
            "2026-03-07T01:00:61Z",
            "1772845200",
            "0000-01-01T00:00:00Z",
            "2026-03-07T01:00:00\n",
        ),
        *("2026-03-07T99:00:00Z", "2026-03-07T0a:00:00Z", "2026-03-07T01-00-00Z"),
    ),
)
def test_what_is_no_time(text: str) -> None:
    assert parse(text) is None


@given(st.lists(st.datetimes().map(lambda time: time.isoformat()) | st.text(max_size=30) | st.none() | st.just(["x"])))
def test_columns_are_read_as_single_times_are(texts: list[object]) -> None:
    expected = [parse(text) if isinstance(text, str) else None for text in texts]
    times = Times()
    for _ in range(2):
        assert times.seconds(texts) == [moment and moment[0] for moment in expected]
    good = [text for text, moment in zip(texts, expected, strict=True) if isinstance(text, str) and moment]
    assert times.offsets(good) == [moment[1] for moment in expected if moment]


@given(st.datetimes(min_value=datetime(1970, 1, 2)))  # noqa: DTZ001 - the text has no zone
def test_python_reads_the_same(time: datetime) -> None:
    from datetime import UTC

    moment = parse(time.isoformat() + "Z")
    assert moment is not None
    assert moment[0] == pytest.approx(time.replace(tzinfo=UTC).timestamp(), abs=1e-5)
