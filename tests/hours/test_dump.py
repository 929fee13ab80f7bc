"""What is written as a calendar file reads back as the same hours."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hours.build import hours, read
from tests.hours.random_calendars import calendars, days
from tests.hours.test_docs_example import example
from tocsin.hours import Comments, Hours, dump, read_hours
from tocsin.hours.calendars import Days, Entry, Exact, HolidaySource, Recurring, Shift, Validity, Wall, When, built_in
from tocsin.hours.file.dump import _flow, text
from tocsin.hours.recurrence import Recurrence
from tocsin.hours.rules import FIELDS, Condition, Rule
from tocsin.source import Source

PARTS = ("calendars", "rules", "default", "units", "zone", "freezes", "maintenance")
words = st.text("aZ ö0-:#'\"*?,;[]{}&!|>%@`\\~=", max_size=12).map(lambda found: " ".join(found.split()))
names = words.filter(bool)
whole = st.dates(date(1900, 1, 1), date(2200, 1, 1))
seconds = st.integers(-2_000_000_000, 6_000_000_000)


def again(given: Hours, comments: Comments | None = None, folder: Path = Path("/nowhere")) -> Hours:
    written = dump(given, comments) if comments else dump(given)
    found = read_hours(Source("<dump>", written), folder)
    assert found.hours is not None, (written, [each.message for each in found.diagnostics])
    return found.hours


def assert_same(one: Hours, other: Hours) -> None:
    for part in PARTS:
        assert getattr(one, part) == getattr(other, part), part


def test_the_documented_example_survives(tmp_path: Path) -> None:
    given = example(tmp_path)
    assert_same(again(given, folder=tmp_path), given)


@pytest.mark.property
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_random_calendars_survive(data: st.DataObject) -> None:
    given = hours(data.draw(calendars(data.draw(days))).text)
    assert_same(again(given), given)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    first = draw(whole)
    low = draw(seconds)
    high = low + draw(st.integers(1, 10_000_000))
    shifts = draw(st.sampled_from(((), (Shift(0, 86_400),), (Shift(60, 3_661), Shift(79_200, 108_000)))))
    last = first + timedelta(days=draw(st.integers(0, 40)))
    recurring = Recurring(
        Recurrence(first, "DAILY", until=draw(st.sampled_from((None, last))), text="FREQ=DAILY"), shifts
    )
    forms: tuple[When, ...] = (Days(first, last, shifts), Wall(low, high), Exact(low, high), recurring)
    when = draw(st.sampled_from(forms))
    return Entry(when, draw(words))


@pytest.mark.property
@settings(max_examples=150, deadline=None)
@given(st.lists(entries(), max_size=3), st.lists(entries(), max_size=2), names, names)
def test_random_entries_and_names_survive(listed: list[Entry], shared: list[Entry], name: str, rule_name: str) -> None:
    base = built_in("always", "Asia/Tokyo")
    calendar = type(base)(name, base.zone, base.week, (HolidaySource("NO"),), freezes=tuple(listed))
    shared = [each for each in shared if not isinstance(each.when, Wall)]
    rules = tuple(Rule((Condition(field, (name, rule_name)),), name, True, rule_name) for field in FIELDS)
    if name in ("always", "none"):
        return
    given = Hours({name: calendar}, rules, name, 0, {rule_name: (name,)}, "UTC", tuple(shared))
    assert_same(again(given), given)


ODD_TEXTS = [
    "null",
    "~",
    "no",
    "NO",
    "on",
    "true",
    "012345678901",
    "2024-12-24",
    "a:",
    "-",
    "?",
    "?x",
    "[a]",
    "{a}",
    "*x",
    "&x",
    "!x",
    "'x",
    '"x',
    "a\\b",
    "ü",
    "@x",
    "`x",
    "%x",
    "=",
    "<<",
    "#x",
    "-x",
    "---",
    "...",
]
ODD_TEXTS += ["a: b", "a #b", "- a", "| x", "> x", "x, y", " x", "x ", "a\nb", "a\tb", "# x", "arn:aws:iam::1:user/*"]


@pytest.mark.parametrize("value", ODD_TEXTS)
def test_any_text_is_quoted_where_it_must_be(value: str) -> None:
    found = read(f"units:\n  u:\n    - {text(value)}\n  v: {_flow([value, value])}\ncalendars: {{}}\ndefault: always\n")
    assert found.hours is not None, text(value)
    assert found.hours.units == {"u": (value.strip(),), "v": (value.strip(),) * 2}


def test_holidays_by_kind_survive() -> None:
    given = hours("""
        calendars:
          it:
            zone: Europe/Berlin
            week: {mon: "08:00-18:00"}
            holidays: [{country: DE, subdivision: BY, categories: [catholic]}, US-CA]
        default: it
    """)
    assert_same(again(given), given)


def test_validity_survives() -> None:
    base = built_in("always", "UTC")
    calendar = type(base)("it", "UTC", base.week, validity=Validity(date(2024, 1, 1), 1_717_279_230))
    rule = Rule((Condition("user", ("a",)),), "it", validity=Validity(1_717_279_200, date(2024, 7, 1)))
    given = Hours({"it": calendar}, (rule,), "it")
    assert_same(again(given), given)


def test_comments_stand_above_what_they_are_about() -> None:
    given = hours("""
        calendars:
          berlin: {zone: Europe/Berlin, week: {mon-fri: "08:00-18:00"}}
        assign:
          - {user: anna, calendar: berlin}
          - {user: ben, calendar: always}
        default: berlin
    """)
    written = dump(
        given, Comments(["learned from 90 days", ""], {"berlin": ["214 pushes\nof 5 people"]}, {1: ["ben # 7"]})
    )
    assert written == (
        "# learned from 90 days\n"
        "#\n"
        "calendars:\n"
        "  # 214 pushes\n"
        "  # of 5 people\n"
        "  berlin:\n"
        "    zone: Europe/Berlin\n"
        "    week:\n"
        "      mon-fri: 08:00-18:00\n"
        "assign:\n"
        "  - user: anna\n"
        "    calendar: berlin\n"
        "  # ben # 7\n"
        "  - user: ben\n"
        "    calendar: always\n"
        "default: berlin\n"
    )


def test_a_series_that_only_an_import_can_hold_is_not_written_wrongly() -> None:
    series = Recurring(Recurrence(date(2024, 1, 1), "DAILY", text="FREQ=DAILY"), zone="UTC")
    given = Hours({}, freezes=(Entry(series),))
    with pytest.raises(ValueError, match="cannot be written"):
        dump(given)
