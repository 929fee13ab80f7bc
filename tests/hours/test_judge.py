"""What a verdict says: state, reason, and which rule and entry decided."""

from __future__ import annotations

import math

import pytest

from tests.hours.build import ask, at, calendar, hours
from tocsin.hours import Subject, almanac, verdict, verdicts

OFFICE = "week: {mon-fri: '08:00-12:00, 13:00-20:00'}"


@pytest.mark.parametrize(
    ("time", "reason"),
    [
        ("05:59:59", "night"),
        ("06:00:00", "before opening"),
        ("07:59:59", "before opening"),
        ("07:59:59.999999", "before opening"),
        ("08:00:00", "open"),
        ("11:59:59", "open"),
        ("12:00:00", "before opening"),
        ("13:00:00", "open"),
        ("19:59:59", "open"),
        ("19:59:59.999999", "open"),
        ("20:00:00", "after closing"),
        ("21:59:59", "after closing"),
        ("22:00:00", "night"),
    ],
)
def test_edges_are_half_open_to_the_fraction_of_a_second(time: str, reason: str) -> None:
    assert ask(calendar("UTC", OFFICE), f"2024-05-24T{time}Z").reason == reason


def test_local_time_is_cut_never_rounded() -> None:
    assert ask(calendar("UTC", OFFICE), "2024-05-24T07:59:59.999999Z").local_time == "2024-05-24T07:59:59+00:00"
    assert verdict(calendar("UTC", OFFICE), -0.25, Subject()).local_time == "1969-12-31T23:59:59+00:00"


@pytest.mark.parametrize(("day", "reason"), [("24", "weekend"), ("25", "weekend"), ("26", "open"), ("23", "open")])
def test_a_working_week_from_sunday_to_thursday_ends_on_thursday(day: str, reason: str) -> None:
    assert ask(calendar("Asia/Jerusalem", "week: {sun-thu: '09:00-17:00'}"), f"2024-05-{day}T07:00Z").reason == reason


def test_a_night_shift_belongs_to_the_day_on_which_it_begins() -> None:
    friday = calendar("UTC", "week: {fri: '22:00-06:00'}")
    assert ask(friday, "2024-05-25T05:59:59Z").reason == "open"
    assert ask(friday, "2024-05-25T06:00:00Z").reason == "weekend"
    assert ask(friday, "2024-05-24T05:59:59Z").reason == "night"
    assert ask(friday, "2024-05-24T12:00:00Z").reason == "before opening"


def test_a_sunday_shift_runs_into_monday() -> None:
    sunday = calendar("UTC", "week: {sun: '22:00-06:00'}")
    assert ask(sunday, "2024-05-27T05:59:59Z").state == "open"
    assert ask(sunday, "2024-05-27T06:00:00Z").reason == "weekend"


def test_holidays_have_their_names_and_depend_on_the_subdivision() -> None:
    berlin = calendar("Europe/Berlin", f"{OFFICE}\nholidays: DE-BE")
    bavaria = calendar("Europe/Berlin", f"{OFFICE}\nholidays: {{country: de, subdivision: Bayern}}")
    assert ask(berlin, "2024-03-08T12:30:00Z").reason == "holiday: Women's Day"
    assert ask(bavaria, "2024-03-08T12:30:00Z").reason == "open"
    assert ask(bavaria, "2024-11-01T12:30:00Z").reason == "holiday: All Saints' Day"


def test_other_kinds_of_holidays_are_asked_for_by_name() -> None:
    catholic = calendar("Europe/Berlin", f"{OFFICE}\nholidays: {{country: DE, subdivision: BY, categories: catholic}}")
    assert ask(catholic, "2024-08-15T12:30:00Z").reason == "holiday: Assumption Day"
    assert ask(catholic, "2024-10-03T12:30:00Z").reason == "holiday: German Unity Day"


def test_a_holiday_lasts_from_local_midnight_to_local_midnight() -> None:
    sydney = calendar("Australia/Sydney", "week: {daily: all day}\nholidays: AU-NSW")
    assert ask(sydney, "2024-01-25T12:59:59Z").reason == "open"
    assert ask(sydney, "2024-01-25T13:00:00Z").reason == "holiday: Australia Day"
    assert ask(sydney, "2024-01-26T12:59:59Z").reason == "holiday: Australia Day"
    assert ask(sydney, "2024-01-26T13:00:00Z").reason == "open"


def test_a_holiday_that_is_observed_in_another_year_counts() -> None:
    assert ask(calendar("UTC", f"{OFFICE}\nholidays: US"), "2021-12-31T10:00Z").reason.startswith("holiday: New Year")


def test_a_country_whose_code_is_a_yaml_word_is_a_country() -> None:
    assert ask(calendar("Europe/Oslo", f"{OFFICE}\nholidays: NO"), "2024-05-17T10:30Z").reason.startswith("holiday: ")


def test_the_first_of_two_countries_names_the_holiday() -> None:
    both = calendar("UTC", f"{OFFICE}\nholidays: [FR, US]")
    assert ask(both, "2024-07-04T10:00Z").reason == "holiday: Independence Day"
    assert ask(both, "2024-07-15T10:00Z").reason == "open"


PILE = """
week: {thu: '08:00-18:00'}
holidays: DE
closed: [2024-10-03 08:00-16:00 stocktaking]
open: [2024-10-03 08:00-14:00 open house]
maintenance: [2024-10-03 08:00 to 2024-10-03 12:00 move]
freezes: [2024-10-03 08:00 to 2024-10-03 10:00 launch]
"""


@pytest.mark.parametrize(
    ("hour", "state", "reason", "entry"),
    [
        ("09", "closed", "freeze: launch", "line 9"),
        ("11", "open", "maintenance: move", "line 8"),
        ("13", "open", "open", "line 7"),
        ("15", "closed", "closure: stocktaking", "line 6"),
        ("17", "closed", "holiday: German Unity Day", ""),
    ],
)
def test_what_beats_what(hour: str, state: str, reason: str, entry: str) -> None:
    found = ask(calendar("UTC", PILE), f"2024-10-03T{hour}:30Z")
    assert (found.state, found.reason, found.entry) == (state, reason, entry)


def test_of_overlapping_closures_the_first_written_is_named() -> None:
    listed = calendar("UTC", f"{OFFICE}\nclosed: [2024-05-20 to 2024-05-31 long, 2024-05-24 short]")
    assert ask(listed, "2024-05-24T10:00Z").reason == "closure: long"


def test_an_entry_without_reason_is_named_by_its_time() -> None:
    listed = calendar("UTC", f"{OFFICE}\nclosed: [2024-05-24, 2024-05-27 to 2024-05-28 09:00-10:00]")
    assert ask(listed, "2024-05-24T10:00Z").reason == "closure: 2024-05-24"
    assert ask(listed, "2024-05-28T09:30Z").reason == "closure: 2024-05-27 to 2024-05-28 09:00-10:00"


def test_a_closed_day_cuts_a_night_shift_at_midnight() -> None:
    nights = calendar("UTC", "week: {daily: '22:00-06:00'}\nclosed: [2024-05-25 outing]")
    states = [
        ask(nights, f"2024-05-{when}Z").state for when in ("24T23:59:59", "25T00:00:00", "25T22:00:00", "26T00:00:00")
    ]
    assert states == ["open", "closed", "closed", "open"]


def test_hours_of_several_days_repeat_on_each() -> None:
    mornings = calendar("UTC", f"{OFFICE}\nclosed: [2024-05-21 to 2024-05-23 08:00-10:00 training]")
    reasons = [ask(mornings, f"2024-05-{day}T09:59:59Z").reason for day in ("20", "21", "23", "24")]
    assert reasons == ["open", "closure: training", "closure: training", "open"]


def test_freezes_of_the_file_hold_for_every_calendar_by_its_own_days() -> None:
    given = hours("""
        calendars:
          sydney: {zone: Australia/Sydney, week: {daily: all day}}
          la: {zone: America/Los_Angeles, week: {daily: all day}}
        assign:
          - {user: robot, robot: true, calendar: always}
          - {region: ap-*, calendar: sydney}
        default: la
        freezes: [2024-12-20 year end]
    """)
    sydney, robot = Subject(region="ap-southeast-2"), Subject(user="robot")
    assert ask(given, "2024-12-19T13:00:00Z", sydney).reason == "freeze: year end"
    assert ask(given, "2024-12-19T13:00:00Z").reason == "open"
    assert ask(given, "2024-12-20T08:00:00Z").reason == "freeze: year end"
    assert ask(given, "2024-12-20T12:00:00Z", robot) == (
        "2024-12-20T12:00:00+00:00", "UTC", "always", "closed", "freeze: year end", "rule 1 (line 6)", True, "line 9",
    )  # fmt: skip


def test_a_moment_outside_of_calendars_is_on_the_clock_of_the_files_zone() -> None:
    given = hours("""
        zone: Europe/Berlin
        calendars: {it: {zone: Asia/Tokyo, week: {daily: all day}}}
        default: it
        freezes: [2024-06-01 08:00 to 2024-06-01 09:00 launch]
    """)
    assert ask(given, "2024-06-01T06:00:00Z").reason == "freeze: launch"
    assert ask(given, "2024-06-01T07:00:00Z").reason == "open"


def test_the_built_in_calendars_are_open_always_and_never() -> None:
    given = hours("calendars: {}\nassign: [{user: a, robot: yes, calendar: none}]\ndefault: always\nzone: Asia/Tokyo")
    assert ask(given, "2024-05-25T03:00Z")[:5] == ("2024-05-25T12:00:00+09:00", "Asia/Tokyo", "always", "open", "open")
    assert ask(given, "2024-05-25T03:00Z", Subject(user="a"))[2:] == (
        "none", "closed", "closure: no hours", "rule 1 (line 2)", True, "",
    )  # fmt: skip


@pytest.mark.parametrize("instant", [math.nan, math.inf, -math.inf, 1e18, -1e18, 253402300800.0])
def test_an_instant_outside_of_all_calendars_is_unknown(instant: float) -> None:
    found = verdict(calendar("Asia/Tokyo", OFFICE), instant, Subject())
    assert (found.local_time, found.state, found.reason, found.rule) == ("", "unknown", "unknown", "")


@pytest.mark.parametrize("year", ["0002", "1500", "1883", "9998"])
def test_far_years_have_an_answer(year: str) -> None:
    given = calendar("America/New_York", f"{OFFICE}\nholidays: US\nclosed: [{{every: FREQ=DAILY, from: 2024-01-01}}]")
    assert ask(given, f"{year}-06-15T12:00:00Z").state in ("open", "closed")


def test_rows_need_as_many_subjects_as_times() -> None:
    with pytest.raises(ValueError, match="shorter"):
        verdicts(calendar("UTC", OFFICE), [0.0, 1.0], [Subject()])


def test_what_is_kept_between_questions_never_changes_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(almanac, "_KEPT_DAYS", 10)
    given = calendar("Europe/Berlin", OFFICE)
    times = [at("2024-01-01T00:00Z") + 86_400 * day for day in range(25)]
    once = verdicts(given, times, [Subject()] * len(times))
    again = verdicts(given, times[::-1], [Subject()] * len(times))
    assert once == again[::-1]
