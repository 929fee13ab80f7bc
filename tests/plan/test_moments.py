"""Moments: ISO 8601, epoch, and Splunk's relative time grammar."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tocsin.plan.moments import BadMomentError, parse_moment

NOW = datetime(2024, 5, 24, 19, 31, 45, tzinfo=UTC).timestamp()  # a Friday


def at(text: str, zone: str = "UTC") -> str:
    return datetime.fromtimestamp(parse_moment(text, NOW, zone), UTC).isoformat()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now", "2024-05-24T19:31:45+00:00"),
        ("-24h@h", "2024-05-23T19:00:00+00:00"),
        ("@d", "2024-05-24T00:00:00+00:00"),
        ("-70m@m", "2024-05-24T18:21:00+00:00"),
        ("-1d", "2024-05-23T19:31:45+00:00"),
        ("-mon@mon", "2024-04-01T00:00:00+00:00"),
        ("@q", "2024-04-01T00:00:00+00:00"),
        ("@y", "2024-01-01T00:00:00+00:00"),
        ("@w0", "2024-05-19T00:00:00+00:00"),
        ("@w1", "2024-05-20T00:00:00+00:00"),
        ("@w5", "2024-05-24T00:00:00+00:00"),
        ("@w6", "2024-05-18T00:00:00+00:00"),
        ("@w7", "2024-05-19T00:00:00+00:00"),
        ("-1d@d+8h", "2024-05-23T08:00:00+00:00"),
        ("now-1y", "2023-05-24T19:31:45+00:00"),
        ("0", "1970-01-01T00:00:00+00:00"),
        ("2024-05-24", "2024-05-24T00:00:00+00:00"),
        ("2024-05-24T01:02:03+02:00", "2024-05-23T23:02:03+00:00"),
        ("2024-05-24T01:02:03Z", "2024-05-24T01:02:03+00:00"),
        ("05/24/2024:01:02:03", "2024-05-24T01:02:03+00:00"),
        ("5/4/2024:0:0:0", "2024-05-04T00:00:00+00:00"),
    ],
)
def test_reads_moments(text: str, expected: str) -> None:
    assert at(text) == expected


@pytest.mark.parametrize("text", ["1d", "24H@h", "-1d@d8h", "now2mon"])
def test_an_offset_without_a_sign_is_told(text: str) -> None:
    with pytest.raises(BadMomentError, match="has no sign"):
        parse_moment(text, NOW, "UTC")


def test_snaps_days_on_the_searchers_calendar() -> None:
    assert at("@d", "Australia/Sydney") == "2024-05-24T14:00:00+00:00"
    assert at("2024-05-24", "Australia/Sydney") == "2024-05-23T14:00:00+00:00"
    assert at("05/24/2024:00:00:00", "Australia/Sydney") == "2024-05-23T14:00:00+00:00"


def test_snaps_hours_in_zones_off_the_full_hour() -> None:
    assert at("@h", "Asia/Kolkata") == "2024-05-24T19:30:00+00:00"


def test_a_day_is_a_calendar_day_over_a_clock_change() -> None:
    now = datetime(2024, 3, 31, 12, tzinfo=UTC).timestamp()  # Berlin went from +1 to +2 that night
    assert parse_moment("-1d", now, "Europe/Berlin") == now - 23 * 3600
    assert parse_moment("-24h", now, "Europe/Berlin") == now - 24 * 3600


def test_the_last_of_a_month_stays_in_the_month() -> None:
    now = datetime(2024, 3, 31, tzinfo=UTC).timestamp()
    assert parse_moment("-1mon", now, "UTC") == datetime(2024, 2, 29, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "-1fortnight",
        "@d3",
        "2024-13-01",
        "13/01/2024:00:00:00",
        "-24h@",
        "1h",
        "-99999999y",
        "-999999999h@d",
        "999999999999",
    ],
)
def test_refuses_what_is_no_moment(text: str) -> None:
    with pytest.raises(BadMomentError):
        parse_moment(text, NOW, "UTC")


def test_refuses_an_unknown_zone() -> None:
    with pytest.raises(BadMomentError, match="no time zone"):
        parse_moment("@d", NOW, "Mars/Olympus")
