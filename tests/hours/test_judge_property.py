"""Random calendars, read from their text, against a slow judge that tries everything minute by minute."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hours.plain import Plain, judge
from tests.hours.random_calendars import calendars, days
from tocsin.hours import Hours, Subject, read_hours, verdict, verdicts, week
from tocsin.source import Source

ANNA = Subject(user="anna")


def load(plain: Plain) -> Hours:
    read = read_hours(Source("<random>", plain.text), Path("/"))
    assert read.hours is not None, (plain.text, read.diagnostics)
    return read.hours


def midnight(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


@st.composite
def cases(draw: st.DrawFn) -> tuple[Plain, date]:
    day = draw(days)
    return draw(calendars(day)), day


@pytest.mark.property
@settings(max_examples=16, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_every_minute_of_a_day_and_the_second_before_it_is_judged_as_by_hand(case: tuple[Plain, date]) -> None:
    plain, day = case
    times = [midnight(day) + 60 * minute - before for minute in range(0, 1440, 1) for before in (0, 1)]
    found = verdicts(load(plain), times, [ANNA] * len(times))
    for at, each in zip(times, found, strict=True):
        local, state, word = judge(plain, at)
        assert (each.local_time, each.state) == (local, state), (plain.text, at)
        assert each.reason.split(":")[0] == word, (plain.text, at)


@pytest.mark.property
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases(), st.floats(-86_400, 2 * 86_400))
def test_a_single_verdict_at_any_fraction_of_a_second_is_that_of_the_batch(
    case: tuple[Plain, date], offset: float
) -> None:
    plain, day = case
    at = midnight(day) + offset
    hours = load(plain)
    assert verdict(hours, at, ANNA) == verdicts(hours, [at], [ANNA])[0]
    assert verdict(hours, at, ANNA)[0::3][:2] == judge(plain, at)[:2]


@pytest.mark.property
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_a_week_holds_the_share_of_open_minutes_of_each_hour(case: tuple[Plain, date]) -> None:
    plain, day = case
    monday = day.toordinal() - day.weekday()
    begin = midnight(date.fromordinal(monday)) - 86_400
    counts: dict[tuple[int, int], list[int]] = {}
    for at in range(begin, begin + 9 * 86_400, 60):
        text, state, _ = judge(plain, at)
        local = datetime.fromisoformat(text)
        row = local.date().toordinal() - monday
        if 0 <= row < 7:
            counts.setdefault((row, local.hour), []).append(state == "open")
    grid = week(load(plain), "it", day)
    for row in range(7):
        for hour in range(24):
            seen = counts.get((row, hour), [])
            expected = sum(seen) / len(seen) if seen else 0.0
            assert abs(grid[row][hour] - expected) < 0.02, (plain.text, row, hour)
