"""Recurring days against python-dateutil, and the rules that are refused."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.hours.recurrence import occurs
from tocsin.hours.recurrence_text import BadRecurrenceError, Budget, parse_recurrence

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def listed(low: int, high: int, *, negative: bool = True) -> st.SearchStrategy[str]:
    numbers = st.integers(low, high)
    if negative:
        numbers = st.one_of(numbers, numbers.map(lambda number: -number))
    return st.lists(numbers, min_size=1, max_size=3, unique=True).map(lambda found: ",".join(map(str, found)))


def weekdays(frequency: str) -> st.SearchStrategy[str]:
    """All with an ordinal or none: of a mixture dateutil keeps only days that are in both, against RFC 5545."""
    plain = st.sampled_from(WEEKDAYS)
    counted = st.tuples(st.sampled_from(("1", "2", "-1", "5", "-3")), plain).map("".join)
    kinds = (plain, counted) if frequency in ("MONTHLY", "YEARLY") else (plain,)
    return st.one_of(*(st.lists(kind, min_size=1, max_size=3, unique=True).map(",".join) for kind in kinds))


@st.composite
def rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    possible: dict[str, st.SearchStrategy[str]] = {
        "INTERVAL": st.integers(1, 5).map(str),
        "BYMONTH": listed(1, 12, negative=False),
        "BYDAY": weekdays(frequency),
        "WKST": st.sampled_from(WEEKDAYS),
    }
    if frequency != "WEEKLY":
        possible["BYMONTHDAY"] = listed(1, 31)
    if frequency == "YEARLY":
        possible |= {"BYYEARDAY": listed(1, 366), "BYWEEKNO": listed(1, 53)}
    # Of a daily rule with two parts that exclude one another, dateutil would try every day up to the year 9999.
    most = 1 if frequency == "DAILY" else 3
    chosen = draw(st.lists(st.sampled_from(sorted(possible)), max_size=most, unique=True))
    parts = {name: draw(possible[name]) for name in chosen}
    if "BYWEEKNO" in parts and "BYDAY" in parts:
        parts["BYDAY"] = draw(weekdays("WEEKLY"))
    if "BYWEEKNO" in parts:
        return f"FREQ=YEARLY;{';'.join(f'{name}={value}' for name, value in parts.items())}"
    # Of a weekly rule, dateutil counts positions in the first week from the start on, against RFC 5545.
    if frequency in ("MONTHLY", "YEARLY") and any(name.startswith("BY") for name in parts) and draw(st.booleans()):
        parts["BYSETPOS"] = draw(listed(1, 4))
    end = draw(st.sampled_from(("", "COUNT=7", "UNTIL=20250615")))
    return ";".join(
        [f"FREQ={frequency}", *(f"{name}={value}" for name, value in parts.items()), *([end] if end else [])]
    )


@pytest.mark.property
@settings(max_examples=120, deadline=None)
@given(rules(), st.dates(date(2019, 12, 25), date(2024, 3, 5)))
def test_each_day_of_three_years_is_as_dateutil_says(text: str, start: date) -> None:
    first = datetime(start.year, start.month, start.day)  # noqa: DTZ001
    last = first + timedelta(days=1100)
    expected = {each.date() for each in rrulestr(text, dtstart=first).between(first, last, inc=True)}
    try:
        rule = parse_recurrence(text, start)
    except BadRecurrenceError as error:
        assert "COUNT" in str(error) and len(expected) < 7
        return
    found = {day for day in (start + timedelta(days=step) for step in range(1101)) if occurs(rule, day)}
    if "BYWEEKNO" in text:  # dateutil is off by one about the last week of some years, where it reaches into January
        found, expected = ({each for each in days if (each.month, each.day) > (1, 3)} for days in (found, expected))
    assert found == expected, text


def test_weeks_are_numbered_as_in_iso_8601() -> None:
    rules = {week: parse_recurrence(f"FREQ=YEARLY;BYWEEKNO={week}", date(1999, 1, 1)) for week in range(1, 54)}
    last = parse_recurrence("FREQ=YEARLY;BYWEEKNO=-1", date(1999, 1, 1))
    for day in (date(2000, 1, 1) + timedelta(days=step) for step in range(30 * 365)):
        week = day.isocalendar().week
        assert [each for each in {week, week % 53 + 1, 52} if occurs(rules[each], day)] == [week]
        assert occurs(last, day) == ((day + timedelta(days=7)).isocalendar().week == 1)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("FREQ=MONTHLY;BYDAY=-1FR", ["2024-01-26", "2024-02-23", "2024-03-29"]),
        ("rrule:freq=monthly;byday=2tu", ["2024-01-09", "2024-02-13", "2024-03-12"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", ["2024-02-29"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", ["2024-01-31", "2024-03-31"]),
        ("FREQ=MONTHLY;BYDAY=FR,1MO;UNTIL=20240112", ["2024-01-01", "2024-01-05", "2024-01-12"]),
        ("FREQ=WEEKLY;BYDAY=SU,MO;BYSETPOS=1;UNTIL=20240121", ["2024-01-01", "2024-01-08", "2024-01-15"]),
        ("FREQ=WEEKLY;BYDAY=SU,MO;BYSETPOS=1;WKST=SU;UNTIL=20240121", ["2024-01-07", "2024-01-14", "2024-01-21"]),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU;UNTIL=20240128",
            ["2024-01-01", "2024-01-14", "2024-01-15", "2024-01-28"],
        ),
    ],
)
def test_known_days(text: str, days: list[str]) -> None:
    rule = parse_recurrence(text, date(2024, 1, 1))
    first_quarter = (date(2024, 1, 1) + timedelta(days=step) for step in range(91))
    assert [day.isoformat() for day in first_quarter if occurs(rule, day)] == days


@pytest.mark.parametrize(
    ("until", "at", "zone", "last"),
    [
        ("20240603", 3_600, "", "2024-06-03"),
        ("20240603T010000", 3_600, "", "2024-06-03"),
        ("20240603T005959", 3_600, "", "2024-06-02"),
        ("20240602T230000Z", 3_600, "Europe/Berlin", "2024-06-03"),
        ("20240602T225959Z", 3_600, "Europe/Berlin", "2024-06-02"),
        ("20240603T080000Z", 3_600, "America/Los_Angeles", "2024-06-03"),
        ("20240603T075959Z", 3_600, "America/Los_Angeles", "2024-06-02"),
    ],
)
def test_until_bounds_the_begin_of_an_occurrence(until: str, at: int, zone: str, last: str) -> None:
    rule = parse_recurrence(f"FREQ=DAILY;UNTIL={until}", date(2024, 1, 1), at, zone)
    assert rule.until is not None and rule.until.isoformat() == last


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is no part"),
        ("FREQ=HOURLY", "recurs within a day"),
        ("FREQ=SECONDLY;COUNT=1", "recurs within a day"),
        ("FREQ=DAILY;BYHOUR=1,2,3", "recurs within a day"),
        ("BYDAY=MO", "`FREQ` is not one of"),
        ("FREQ=DAILY;FREQ=WEEKLY", "stands twice"),
        ("FREQ=DAILY;INTERVAL=0", "`INTERVAL=0` is not a number"),
        ("FREQ=DAILY;INTERVAL=99999999999999999999", "`INTERVAL="),
        ("FREQ=DAILY;INTERVAL=-1", "`INTERVAL=-1`"),
        ("FREQ=DAILY;COUNT=0", "`COUNT=0`"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20240101", "stand together"),
        ("FREQ=DAILY;UNTIL=20240230", "is no date"),
        ("FREQ=DAILY;UNTIL=tomorrow", "is no date"),
        ("FREQ=WEEKLY;BYDAY=XX", "`BYDAY` has `XX`"),
        ("FREQ=WEEKLY;BYDAY=1MO", "counts weekdays"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "has no meaning with `FREQ=WEEKLY`"),
        ("FREQ=MONTHLY;BYWEEKNO=1", "has no meaning with `FREQ=MONTHLY`"),
        ("FREQ=MONTHLY;BYDAY=0MO", "`BYDAY` has `0MO`"),
        ("FREQ=YEARLY;BYMONTH=13", "`BYMONTH` has `13`"),
        ("FREQ=YEARLY;BYMONTH=-1", "`BYMONTH` has `-1`"),
        ("FREQ=MONTHLY;BYSETPOS=1", "without another"),
        ("FREQ=MONTHLY;WKST=XX", "`WKST`"),
        ("FREQ=DAILY;X-THING=1", "is no part"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=1", "is not reached"),
    ],
)
def test_a_rule_is_refused_with_the_part_that_is_wrong(text: str, said: str) -> None:
    with pytest.raises(BadRecurrenceError, match=said.replace("(", r"\(")):
        parse_recurrence(text, date(2024, 1, 1))


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;INTERVAL=10000;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=YEARLY;BYSETPOS=366;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYMONTH=1",
    ],
)
def test_a_rule_that_never_matches_costs_nothing(text: str) -> None:
    began = time.perf_counter()
    rule = parse_recurrence(text, date(1, 1, 1))
    assert not any(occurs(rule, date(9999, 1, 1) + timedelta(days=step)) for step in range(364))
    assert time.perf_counter() - began < 2


def test_counting_stops_when_the_budget_is_used_up() -> None:
    budget = Budget(100)
    assert parse_recurrence("FREQ=DAILY;COUNT=60", date(2024, 1, 1), budget=budget).until == date(2024, 2, 29)
    with pytest.raises(BadRecurrenceError, match="not reached within 40 days"):
        parse_recurrence("FREQ=DAILY;COUNT=60", date(2024, 1, 1), budget=budget)
    with pytest.raises(BadRecurrenceError, match="not reached within 0 days"):
        parse_recurrence("FREQ=DAILY;COUNT=1", date(2024, 1, 1), budget=budget)


def test_counting_stops_at_the_end_of_the_calendar() -> None:
    with pytest.raises(BadRecurrenceError, match="not reached"):
        parse_recurrence("FREQ=DAILY;COUNT=100", date(9999, 12, 1))
