"""Nights on which clocks change, in many zones: what the wall shows, and whether a shift is open."""

from __future__ import annotations

from datetime import date

import pytest

from tests.hours.build import ask, calendar
from tocsin.hours import week

# zone, daily hours, instant, local time, state. Pairs of rows stand on both sides of a change or an edge.
NIGHTS = [
    # United States, spring: 02:00 to 03:00 is not there
    ("America/New_York", "01:30-03:30", "2024-03-10T06:59:59Z", "2024-03-10T01:59:59-05:00", "open"),
    ("America/New_York", "01:30-03:30", "2024-03-10T07:00:00Z", "2024-03-10T03:00:00-04:00", "open"),
    ("America/New_York", "01:30-03:30", "2024-03-10T07:30:00Z", "2024-03-10T03:30:00-04:00", "closed"),
    ("America/New_York", "02:00-03:00", "2024-03-10T06:59:59Z", "2024-03-10T01:59:59-05:00", "closed"),
    ("America/New_York", "02:00-03:00", "2024-03-10T07:00:00Z", "2024-03-10T03:00:00-04:00", "closed"),
    # United States, autumn: 01:00 to 02:00 comes twice
    ("America/New_York", "01:00-02:00", "2024-11-03T04:59:59Z", "2024-11-03T00:59:59-04:00", "closed"),
    ("America/New_York", "01:00-02:00", "2024-11-03T05:00:00Z", "2024-11-03T01:00:00-04:00", "open"),
    ("America/New_York", "01:00-02:00", "2024-11-03T05:59:59Z", "2024-11-03T01:59:59-04:00", "open"),
    ("America/New_York", "01:00-02:00", "2024-11-03T06:00:00Z", "2024-11-03T01:00:00-05:00", "open"),
    ("America/New_York", "01:00-02:00", "2024-11-03T07:00:00Z", "2024-11-03T02:00:00-05:00", "closed"),
    ("America/Los_Angeles", "08:00-20:00", "2024-05-24T10:00:00Z", "2024-05-24T03:00:00-07:00", "closed"),
    # Europe: a night shift is an hour shorter, then an hour longer
    ("Europe/Berlin", "22:00-06:00", "2024-03-31T00:59:59Z", "2024-03-31T01:59:59+01:00", "open"),
    ("Europe/Berlin", "22:00-06:00", "2024-03-31T03:59:59Z", "2024-03-31T05:59:59+02:00", "open"),
    ("Europe/Berlin", "22:00-06:00", "2024-03-31T04:00:00Z", "2024-03-31T06:00:00+02:00", "closed"),
    ("Europe/Berlin", "22:00-06:00", "2024-10-27T01:00:00Z", "2024-10-27T02:00:00+01:00", "open"),
    ("Europe/Berlin", "22:00-06:00", "2024-10-27T04:59:59Z", "2024-10-27T05:59:59+01:00", "open"),
    ("Europe/Berlin", "22:00-06:00", "2024-10-27T05:00:00Z", "2024-10-27T06:00:00+01:00", "closed"),
    ("Europe/Berlin", "02:15-02:45", "2024-10-27T00:15:00Z", "2024-10-27T02:15:00+02:00", "open"),
    ("Europe/Berlin", "02:15-02:45", "2024-10-27T00:45:00Z", "2024-10-27T02:45:00+02:00", "closed"),
    ("Europe/Berlin", "02:15-02:45", "2024-10-27T01:44:59Z", "2024-10-27T02:44:59+01:00", "open"),
    ("Europe/London", "01:00-02:00", "2024-03-31T00:59:59Z", "2024-03-31T00:59:59+00:00", "closed"),
    ("Europe/London", "01:00-02:00", "2024-03-31T01:00:00Z", "2024-03-31T02:00:00+01:00", "closed"),
    ("Europe/Dublin", "01:00-02:00", "2024-10-27T01:59:59Z", "2024-10-27T01:59:59+00:00", "open"),
    # Lebanon: the change is at midnight, two hours before the UTC day ends
    ("Asia/Beirut", "00:30-01:30", "2024-03-30T21:59:59Z", "2024-03-30T23:59:59+02:00", "closed"),
    ("Asia/Beirut", "00:30-01:30", "2024-03-30T22:00:00Z", "2024-03-31T01:00:00+03:00", "open"),
    ("Asia/Beirut", "00:30-01:30", "2024-03-30T22:30:00Z", "2024-03-31T01:30:00+03:00", "closed"),
    # Lord Howe Island: half an hour
    ("Australia/Lord_Howe", "01:30-02:00", "2024-04-06T14:29:59Z", "2024-04-07T01:29:59+11:00", "closed"),
    ("Australia/Lord_Howe", "01:30-02:00", "2024-04-06T14:59:59Z", "2024-04-07T01:59:59+11:00", "open"),
    ("Australia/Lord_Howe", "01:30-02:00", "2024-04-06T15:00:00Z", "2024-04-07T01:30:00+10:30", "open"),
    ("Australia/Lord_Howe", "01:30-02:00", "2024-04-06T15:30:00Z", "2024-04-07T02:00:00+10:30", "closed"),
    ("Australia/Lord_Howe", "02:00-02:30", "2024-10-05T15:29:59Z", "2024-10-06T01:59:59+10:30", "closed"),
    ("Australia/Lord_Howe", "02:00-02:30", "2024-10-05T15:30:00Z", "2024-10-06T02:30:00+11:00", "closed"),
    # São Paulo: midnight was not there in 2018; 23:00 came twice in 2019; no change since
    ("America/Sao_Paulo", "00:00-01:00", "2018-11-04T02:59:59Z", "2018-11-03T23:59:59-03:00", "closed"),
    ("America/Sao_Paulo", "00:00-01:00", "2018-11-04T03:00:00Z", "2018-11-04T01:00:00-02:00", "closed"),
    ("America/Sao_Paulo", "23:00-24:00", "2019-02-17T01:59:59Z", "2019-02-16T23:59:59-02:00", "open"),
    ("America/Sao_Paulo", "23:00-24:00", "2019-02-17T02:00:00Z", "2019-02-16T23:00:00-03:00", "open"),
    ("America/Sao_Paulo", "23:00-24:00", "2019-02-17T03:00:00Z", "2019-02-17T00:00:00-03:00", "closed"),
    ("America/Sao_Paulo", "08:00-18:00", "2019-12-02T10:59:59Z", "2019-12-02T07:59:59-03:00", "closed"),
    # Samoa: 30 December 2011 was not there
    ("Pacific/Apia", "22:00-06:00", "2011-12-30T09:59:59Z", "2011-12-29T23:59:59-10:00", "open"),
    ("Pacific/Apia", "22:00-06:00", "2011-12-30T10:00:00Z", "2011-12-31T00:00:00+14:00", "open"),
    ("Pacific/Apia", "22:00-06:00", "2011-12-30T16:00:00Z", "2011-12-31T06:00:00+14:00", "closed"),
    # Morocco: back for Ramadan
    ("Africa/Casablanca", "02:00-03:00", "2024-03-10T01:59:59Z", "2024-03-10T02:59:59+01:00", "open"),
    ("Africa/Casablanca", "02:00-03:00", "2024-03-10T02:00:00Z", "2024-03-10T02:00:00+00:00", "open"),
    ("Africa/Casablanca", "02:00-03:00", "2024-03-10T03:00:00Z", "2024-03-10T03:00:00+00:00", "closed"),
    ("Africa/Casablanca", "02:00-03:00", "2024-04-14T01:59:59Z", "2024-04-14T01:59:59+00:00", "closed"),
    ("Africa/Casablanca", "02:00-03:00", "2024-04-14T02:00:00Z", "2024-04-14T03:00:00+01:00", "closed"),
    # Rules that changed: Istanbul stayed on summer time, Caracas and Pyongyang moved by half an hour
    ("Europe/Istanbul", "08:00-18:00", "2015-12-01T05:59:59Z", "2015-12-01T07:59:59+02:00", "closed"),
    ("Europe/Istanbul", "08:00-18:00", "2016-12-01T05:00:00Z", "2016-12-01T08:00:00+03:00", "open"),
    ("America/Caracas", "08:00-18:00", "2016-05-01T12:00:00Z", "2016-05-01T08:00:00-04:00", "open"),
    ("Asia/Pyongyang", "00:00-01:00", "2018-05-04T14:59:59Z", "2018-05-04T23:29:59+08:30", "closed"),
    ("Asia/Pyongyang", "00:00-01:00", "2018-05-04T15:00:00Z", "2018-05-05T00:00:00+09:00", "open"),
    # Offsets in quarters and in seconds
    ("Asia/Kathmandu", "08:00-20:00", "2024-05-24T02:15:00Z", "2024-05-24T08:00:00+05:45", "open"),
    ("Pacific/Chatham", "08:00-20:00", "2024-05-24T07:14:59Z", "2024-05-24T19:59:59+12:45", "open"),
    ("Africa/Monrovia", "08:00-20:00", "1971-05-24T08:44:30Z", "1971-05-24T08:00:00-00:44:30", "open"),
    # Leap day
    ("UTC", "08:00-20:00", "2024-02-29T19:59:59Z", "2024-02-29T19:59:59+00:00", "open"),
]


@pytest.mark.parametrize(("zone", "daily", "instant", "local", "state"), NIGHTS)
def test_a_shift_follows_the_clock_on_the_wall(zone: str, daily: str, instant: str, local: str, state: str) -> None:
    found = ask(calendar(zone, f"week: {{daily: '{daily}'}}"), instant)
    assert (found.local_time, found.state) == (local, state)


def test_a_day_that_a_zone_left_out_is_in_no_week() -> None:
    grid = week(calendar("Pacific/Apia", "week: {daily: all day}"), "it", date(2011, 12, 30))
    assert [sum(row) for row in grid] == [24.0, 24.0, 24.0, 24.0, 0.0, 24.0, 24.0]


def test_an_hour_that_comes_twice_is_shared_out_over_both() -> None:
    hours = calendar(
        "Europe/Berlin", "week: {daily: '02:00-02:30'}\nclosed: ['2024-10-27 00:00Z to 2024-10-27 01:00Z']"
    )
    assert week(hours, "it", date(2024, 10, 27))[6][2] == 0.25
    assert week(hours, "it", date(2024, 3, 31))[6][2] == 0.0


def test_a_moment_without_offset_covers_both_passes_of_a_repeated_hour() -> None:
    hours = calendar("Europe/Berlin", "week: {mon: closed}\nmaintenance: [2024-10-27 02:00 to 2024-10-27 02:30 move]")
    states = [ask(hours, f"2024-10-27T{time}Z").state for time in ("00:00:00", "00:30:00", "01:00:00", "01:30:00")]
    assert states == ["open", "closed", "open", "closed"]


def test_a_moment_with_an_offset_covers_one_pass_of_a_repeated_hour() -> None:
    body = "week: {mon: closed}\nmaintenance: ['2024-10-27 02:00+01:00 to 2024-10-27 02:30+01:00 move']"
    hours = calendar("Europe/Berlin", body)
    states = [ask(hours, f"2024-10-27T{time}Z").state for time in ("00:00:00", "00:29:59", "01:00:00", "01:30:00")]
    assert states == ["closed", "closed", "open", "closed"]
