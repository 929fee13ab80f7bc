"""Weekly hours from activity, and that a few days of it open nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tocsin.hours.calendars import DAY, Shift
from tocsin.hours.learn.limits import DEFAULTS
from tocsin.hours.learn.open_hours import WeekHours, day_runs, week_hours

MONDAY = 19_723  # 2024-01-01, counted from 1970-01-01


def activity(weeks: int, weekdays: tuple[int, ...], begin: int, end: int, first: int = MONDAY) -> list[int]:
    """Every half hour from `begin` up to `end` (of the day; past 48 is the next one) on those weekdays."""
    days = [first + 7 * week + day for week in range(weeks) for day in weekdays]
    return sorted(day * 48 + half for day in days for half in range(begin, end))


def test_office_hours_get_an_hour_of_slack_at_both_ends() -> None:
    found = week_hours(activity(8, (0, 1, 2, 3, 4), 18, 36), DEFAULTS)
    assert found.blocks == ((16, 38),)
    assert found.weekdays == (0, 1, 2, 3, 4)
    assert found.shifts()[0] == (Shift(8 * 3600, 19 * 3600),)
    assert found.shifts()[5] == ()


def test_a_night_shift_belongs_to_the_day_it_begins_on() -> None:
    found = week_hours(activity(8, (6, 0, 1), 44, 60), DEFAULTS)
    assert found.blocks == ((42, 62),)
    assert found.weekdays == (0, 1, 6)
    assert found.shifts()[6] == (Shift(21 * 3600, 31 * 3600),)


def test_a_shift_that_begins_after_midnight_belongs_to_that_day() -> None:
    found = week_hours(activity(8, (1, 2), 3, 15), DEFAULTS)
    assert found.blocks == ((1, 17),)
    assert found.weekdays == (1, 2)


def test_round_the_clock_is_all_of_every_day() -> None:
    found = week_hours(activity(8, tuple(range(7)), 0, 48), DEFAULTS)
    assert found.blocks == ((0, 48),)
    assert found.quiet == 0
    assert found.shifts() == ((Shift(0, DAY),),) * 7


def test_the_lunch_hour_is_filled_and_a_long_gap_is_not() -> None:
    days = (0, 1, 2, 3, 4)
    lunch = sorted(activity(8, days, 16, 22) + activity(8, days, 29, 36))
    apart = sorted(activity(8, days, 16, 20) + activity(8, days, 36, 42))
    assert week_hours(lunch, DEFAULTS).blocks == ((14, 38),)
    assert week_hours(apart, DEFAULTS).blocks == ((14, 22), (34, 44))


def test_a_day_worked_now_and_then_stays_closed() -> None:
    halves = activity(20, (0, 1, 2, 3, 4), 18, 36)
    saturdays = [half for week in (2, 7, 11, 16) for half in activity(1, (5,), 20, 30, MONDAY + 7 * week)]
    assert 5 not in week_hours(sorted(halves + saturdays), DEFAULTS).weekdays


def test_nothing_gives_nothing() -> None:
    assert week_hours([], DEFAULTS) == WeekHours((), (), {})
    assert week_hours(activity(3, (0,), 18, 36), DEFAULTS).blocks == ()
    assert week_hours([], DEFAULTS).quiet == 24


@pytest.mark.parametrize(
    ("weekdays", "runs"),
    [
        ((0, 1, 2, 3, 4), [(0, 4)]),
        ((0, 1, 2, 3, 6), [(6, 10)]),
        ((1, 3), [(1, 1), (3, 3)]),
        (tuple(range(7)), [(0, 6)]),
    ],
)
def test_weekdays_run_around_the_week(weekdays: tuple[int, ...], runs: list[tuple[int, int]]) -> None:
    assert day_runs(weekdays) == runs


def near(halves: set[int]) -> set[int]:
    """What may open: half hours of the day near the person's own, and small holes between those."""
    reached = {(half + step) % 48 for half in halves for step in range(-DEFAULTS.reach, DEFAULTS.reach + 1)}
    found = set(reached)
    for half in reached:
        hole = next(step for step in range(1, 49) if (half + step) % 48 in reached) - 1
        if hole <= DEFAULTS.fill:
            found.update((half + step) % 48 for step in range(1, hole + 1))
    return found


def opened(hours: WeekHours) -> set[int]:
    return {half % 48 for begin, end in hours.blocks for half in range(begin, end)}


DAYS = st.integers(MONDAY, MONDAY + 139)
BURST = st.lists(st.integers(0, 47), min_size=1, max_size=48)
STRETCH = st.lists(st.integers(0, 41), min_size=1, max_size=42)  # half hours of less than 21 hours
ATTACK = st.dictionaries(st.integers(MONDAY * 48, (MONDAY + 139) * 48), STRETCH, max_size=DEFAULTS.slot_days - 1)


def mixed(own: list[int], attack: dict[int, list[int]]) -> list[int]:
    """The victim's half hours and those of an intruder who comes back a few times, each time for most of a day."""
    return sorted({*own, *(start + step for start, steps in attack.items() for step in steps)})


@given(own=st.dictionaries(DAYS, st.lists(st.integers(8, 43), min_size=1, max_size=10), max_size=60), attack=ATTACK)
@settings(max_examples=300, deadline=None)
def test_an_intruder_of_few_days_opens_nothing_where_the_victim_never_was(
    own: dict[int, list[int]], attack: dict[int, list[int]]
) -> None:
    victim = [day * 48 + half for day, halves in own.items() for half in halves]
    found = week_hours(mixed(victim, attack), DEFAULTS)
    allowed = near({half % 48 for half in victim}) if own else set()
    assert opened(found) <= allowed
    assert set(found.weekdays) <= {(day + 3) % 7 for day in own}


@given(begin=st.integers(10, 24), length=st.integers(6, 20), weeks=st.integers(4, 20), attack=ATTACK)
@settings(max_examples=300, deadline=None)
def test_an_intruder_of_few_days_never_opens_what_a_regular_day_leaves_closed(
    begin: int, length: int, weeks: int, attack: dict[int, list[int]]
) -> None:
    own = activity(weeks, (0, 1, 2, 3, 4), begin, begin + length)
    before, after = week_hours(own, DEFAULTS), week_hours(mixed(own, attack), DEFAULTS)
    assert opened(after) <= opened(before)
    assert set(after.weekdays) <= set(before.weekdays)


def test_one_day_more_than_the_threshold_allows_does_open() -> None:
    own = activity(10, (0, 1, 2, 3, 4), 18, 36)
    nights = {(MONDAY + day) * 48 + 4: list(range(4)) for day in (1, 9, 17, 23)}
    fewer = dict(list(nights.items())[:3])
    assert week_hours(mixed(own, fewer), DEFAULTS).blocks == ((16, 38),)
    loose = replace(DEFAULTS, slot_share=0.05)
    assert len(week_hours(mixed(own, nights), loose).blocks) == 2
    assert week_hours(mixed(own, nights), DEFAULTS).blocks == ((16, 38),), "four of fifty days are too small a share"


@given(st.dictionaries(DAYS, BURST, max_size=80), st.integers(4, 8), st.integers(3, 6))
@settings(max_examples=150, deadline=None)
def test_stricter_thresholds_never_open_more(own: dict[int, list[int]], days: int, weeks: int) -> None:
    halves = sorted({day * 48 + half for day, some in own.items() for half in some})
    loose = week_hours(halves, replace(DEFAULTS, fill=0))
    strict = week_hours(halves, replace(DEFAULTS, fill=0, slot_days=days, slot_weeks=weeks))
    assert opened(strict) <= opened(loose)
