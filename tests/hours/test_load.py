"""Problems of a calendar file: each is named, at its place, with the next thing to try."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hours.build import only, place, read
from tocsin.diagnostics import Severity
from tocsin.hours import load_hours
from tocsin.hours.file.entry_text import read_entry
from tocsin.hours.file.week import weekdays
from tocsin.hours.public_holidays import countries, is_country
from tocsin.hours.written import when_text

IT = """
calendars:
  it:
    zone: Europe/Berlin
    week: {mon-fri: "08:00-18:00"}
"""

# what to add to a calendar, the problem's name, the text it points at, and a part of its help
IN_A_CALENDAR = [
    ("weak: {}", "unknown-key", "weak", "did you mean `week`?"),
    ("holidays: Germany", "unknown-country", "Germany", "two letters"),
    ("holidays: DX", "unknown-country", "DX", "two letters"),
    ("holidays: DE-XX", "unknown-subdivision", "DE-XX", "known for `DE`"),
    ("holidays: {country: DE, subdivision: Berlim}", "unknown-subdivision", "Berlim", "known for `DE`"),
    ("holidays: {country: DE, categories: catholik}", "unknown-holidays", "catholik", "did you mean `catholic`?"),
    ("holidays: {subdivision: BE}", "missing-key", "subdivision", "add `country`"),
    ("holidays: [[DE]]", "wrong-kind", "DE", ""),
    ("closed: [24.12.2024]", "bad-date", "24.12.2024", "`2024-12-24`"),
    ("closed: [2024-02-30]", "bad-date", "2024-02-30", ""),
    ("closed: [2023-02-29 party]", "bad-date", "2023-02-29", ""),
    ("closed: [2024-12-24 8-12 party]", "bad-entry", "8-12 party", "key `reason`"),
    ("closed: [2024-12-24 until 2024-12-27]", "bad-entry", "until 2024-12-27", ""),
    ("closed: [2024-12-24 08:00]", "bad-entry", "08:00", ""),
    ("closed: [2024-12-24 08:00-25:00 party]", "bad-time", "25:00", "to `24:00`"),
    ("closed: [2024-12-24 08:60-09:00 party]", "bad-time", "08:60", ""),
    ("closed: [2024-12-24 08:00-08:00 party]", "empty-hours", "08:00-08:00", "all day"),
    ("closed: [2024-12-27 to 2024-12-24]", "reversed-range", "2024-12-27 to 2024-12-24", ""),
    ("closed: [2024-12-27 08:00 to 2024-12-27 08:00]", "reversed-range", "2024-12-27 08:00 to 2024-12-27 08:00", ""),
    ("closed: [2024-12-24 08:00 to 2024-12-25]", "mixed-ends", "2024-12-24 08:00 to 2024-12-25", "both with a time"),
    ("closed: ['2024-12-24 08:00Z to 2024-12-24 09:00']", "mixed-ends", "2024-12-24 08:00Z to 2024-12-24 09:00", "`Z`"),
    ("closed: [{hours: '08:00-12:00'}]", "missing-key", "hours", "`every` or `ics`"),
    ("closed: [{date: 2024-12-24, until: 2024-12-25}]", "unknown-key", "until", "keys here: `date`"),
    ("closed: [{from: 2024-12-24}]", "missing-key", "from", "add `until`"),
    ("closed: [{from: 2024-12-24, until: 2024-12-23}]", "reversed-range", "2024-12-23", ""),
    ("closed: [{from: 2024-12-24, until: 2024-12-24 08:00}]", "mixed-ends", "2024-12-24 08:00", ""),
    ("closed: [{date: 2024-12-24 08:00}]", "bad-date", "2024-12-24 08:00", ""),
    ("closed: [{date: 2024-12-24, hours: 8am}]", "bad-hours", "8am", "`08:00-18:00`"),
    ("closed: [{date: 2024-12-24, reason: [a]}]", "wrong-kind", "a", ""),
    ("closed: [{every: FREQ=HOURLY, from: 2024-01-01}]", "bad-recurrence", "FREQ=HOURLY", "RFC 5545"),
    ("closed: [{every: FREQ=DAILY}]", "missing-key", "every", "add `from`"),
    ("closed: [{every: FREQ=DAILY, from: 2024-01-02, until: 2024-01-01}]", "reversed-range", "2024-01-01", ""),
    ("closed: [{every: FREQ=DAILY;COUNT=2, from: 2024-01-02, until: 2024-02-01}]", "bad-recurrence", "2024-02-01", ""),
    ("closed: ['']", "empty-value", "''", ""),
    ("closed: [~]", "empty-value", "~", ""),
    ("closed: {}", "empty-value", "", ""),
    ("open: [2024-11-30 working Saturday]", "open-without-hours", "2024-11-30 working Saturday", "00:00-24:00"),
    ("from: tomorrow", "bad-date", "tomorrow", ""),
    ("from: 2024-06-01\n    until: 2024-05-31", "reversed-range", "2024-05-31", ""),
]


@pytest.mark.parametrize(("added", "name", "text", "help"), IN_A_CALENDAR)
def test_a_problem_of_a_calendar_points_at_its_text(added: str, name: str, text: str, help: str) -> None:
    found = read(f"{IT}    {added}\ndefault: it\n")
    problem = only(found)
    assert (problem.name, place(problem)[2], problem.severity) == (name, text, Severity.error)
    assert help in problem.help
    assert found.hours is None


WEEKS = [
    ("{}", "always-closed", "", "`none`"),
    ("{mon: closed}", "always-closed", "", "`none`"),
    ("{mo: '08:00-18:00'}", "bad-weekday", "mo", "`mon-fri`"),
    ("{mon to fri: '08:00-18:00'}", "bad-weekday", "mon to fri", ""),
    ("{mon-xxx: '08:00-18:00'}", "bad-weekday", "mon-xxx", ""),
    ("{mon: 8-18}", "bad-hours", "8-18", "`08:00-18:00`"),
    ("{mon: '08:00-18:00,'}", "bad-hours", ",", ""),
    ("{mon: '08:00-18:00 13:00-14:00'}", "bad-hours", "08:00-18:00 13:00-14:00", "commas"),
    ("{mon: '24:00-06:00'}", "empty-hours", "24:00-06:00", ""),
    ("{mon: '08:00-24:01'}", "bad-time", "24:01", ""),
    ("{mon: '09:00-10:00, 08:00-99:00'}", "bad-time", "99:00", ""),
    ("{mon: {from: 8}}", "wrong-kind", "from", ""),
    ("{mon: }", "empty-value", "", ""),
    ("{mon: []}", "empty-value", "", ""),
    ("{mon: '08:00-12:00, 11:59-13:00'}", "overlapping-hours", "'08:00-12:00, 11:59-13:00'", "make one of the two"),
    ("{mon-fri: '08:00-12:00', fri: '11:00-13:00'}", "overlapping-hours", "'11:00-13:00'", ""),
    ("{mon: '22:00-06:00', tue: '05:00-09:00'}", "overlapping-hours", "'05:00-09:00'", ""),
    ("{sun: '22:00-06:00', mon: '05:00-09:00'}", "overlapping-hours", "'05:00-09:00'", ""),
    ("{daily: '06:00-05:00, 04:00-06:00'}", "overlapping-hours", "'06:00-05:00, 04:00-06:00'", ""),
    ("[mon]", "wrong-kind", "mon", ""),
]


@pytest.mark.parametrize(("week", "name", "text", "help"), WEEKS)
def test_a_problem_of_a_week_points_at_its_text(week: str, name: str, text: str, help: str) -> None:
    problem = only(read(f"calendars: {{it: {{zone: UTC, week: {week}}}}}\ndefault: it\n"))
    pointed = place(problem)[2]
    assert problem.name == name and (pointed == text or text == "") and help in problem.help


def test_touching_shifts_do_not_overlap() -> None:
    week = "{mon: '22:00-06:00, 06:00-12:00', tue: '06:00-22:00', sun: 'all day'}"
    assert read(f"calendars: {{it: {{zone: UTC, week: {week}}}}}\ndefault: it\n").diagnostics == ()


def test_an_overlap_says_both_shifts() -> None:
    week = "{sun: '22:00-06:00', mon: '05:00-09:00'}"
    problem = only(read(f"calendars: {{it: {{zone: UTC, week: {week}}}}}\ndefault: it\n"))
    assert problem.message == "`calendars.it.week`: sun 22:00-06:00 and mon 05:00-09:00 overlap"


IN_A_FILE = [
    ("default: itt", "unknown-calendar", "itt", "did you mean `it`?"),
    ("defalt: it\ndefault: it", "unknown-key", "defalt", "did you mean `default`?"),
    ("default: [it]", "wrong-kind", "it", ""),
    ("zone: Europe/Berlim\ndefault: it", "unknown-zone", "Europe/Berlim", "did you mean `Europe/Berlin`?"),
    ("zone: ../../etc/passwd\ndefault: it", "unknown-zone", "../../etc/passwd", "IANA"),
    ("zone: europe\ndefault: it", "unknown-zone", "europe", ""),
    (
        "freezes: [2024-06-01 08:00 to 2024-06-01 09:00]\ndefault: it",
        "time-without-zone",
        "2024-06-01 08:00 to 2024-06-01 09:00",
        "offset",
    ),
    (
        "maintenance: [{from: 2024-06-01 08:00, until: 2024-06-01 09:00}]\ndefault: it",
        "time-without-zone",
        "from",
        "offset",
    ),
    (
        "assign: [{user: a, calendar: always, from: 2024-06-01 08:00}]\ndefault: it",
        "time-without-zone",
        "2024-06-01 08:00",
        "offset",
    ),
    ("assign: [{calendar: it}]\ndefault: it", "rule-without-condition", "calendar", "`default`"),
    ("assign: [{user: a}]\ndefault: it", "missing-key", "user", "`always` and `none`"),
    ("assign: [{user: a, calendar: its}]\ndefault: it", "unknown-calendar", "its", "did you mean `it`?"),
    ("assign: [{usr: a, user: b, calendar: it}]\ndefault: it", "unknown-key", "usr", "did you mean `user`?"),
    ("assign: [{user: [], calendar: it}]\ndefault: it", "empty-value", "", ""),
    ("assign: [{user: {a: b}, calendar: it}]\ndefault: it", "wrong-kind", "a", ""),
    ("assign: [{user: a, robot: maybe, calendar: it}]\ndefault: it", "wrong-kind", "maybe", ""),
    ("assign: [{unit: x, calendar: it}]\ndefault: it", "unknown-unit", "x", "under `units`"),
    ("units: {a: ['1']}\nassign: [{unit: [a, x], calendar: it}]\ndefault: it", "unknown-unit", "x", "units here: `a`"),
    (
        "units: {pay: ['1']}\nassign: [{unit: pai, calendar: it}]\ndefault: it",
        "unknown-unit",
        "pai",
        "did you mean `pay`?",
    ),
    ("assign: [anna]\ndefault: it", "wrong-kind", "anna", ""),
    ("units: [a]\ndefault: it", "wrong-kind", "a", ""),
]


@pytest.mark.parametrize(("added", "name", "text", "help"), IN_A_FILE)
def test_a_problem_of_the_file_points_at_its_text(added: str, name: str, text: str, help: str) -> None:
    problem = only(read(f"{IT}{added}\n"))
    assert (problem.name, problem.severity) == (name, Severity.error)
    assert place(problem)[2] == text or text == ""
    assert help in problem.help


def test_a_calendar_needs_a_zone_and_a_week() -> None:
    found = read("calendars:\n  it:\n    holidays: DE\ndefault: it\n")
    assert [(each.name, each.message) for each in found.diagnostics] == [
        ("missing-key", "`calendars.it.zone` is missing"),
        ("missing-key", "`calendars.it.week` is missing"),
    ]
    assert read("zone: UTC\ncalendars:\n  it:\n    week: {mon: all day}\ndefault: it\n").diagnostics == ()


def test_built_in_calendars_cannot_be_made_anew() -> None:
    assert only(read("calendars: {none: {zone: UTC, week: {mon: all day}}}\ndefault: none\n")).name == "reserved-name"


def test_a_problem_has_its_line_and_column() -> None:
    problem = only(
        read("calendars:\n  it:\n    zone: UTC\n    week:\n      mon: 08:00-18:00, 19:00-25:00\ndefault: it\n")
    )
    assert place(problem) == (5, 31, "25:00")


def test_all_problems_of_a_file_are_found_in_its_order() -> None:
    found = read("""
        zone: Nowhere
        calendars:
          it: {zone: UTC, week: {mon: x}, closed: [y]}
        assign: [{user: a, calendar: z}]
    """)
    assert [each.name for each in found.diagnostics] == [
        "no-default", "unknown-zone", "bad-hours", "bad-date", "unknown-calendar",
    ]  # fmt: skip


def test_no_default_is_a_warning() -> None:
    found = read(IT)
    assert (only(found).name, only(found).severity) == ("no-default", Severity.warning)
    assert found.hours is not None


RULE_WARNINGS = [
    ("{user: 'a*', calendar: it}", "{user: anna, calendar: it}", "unreachable-rule"),
    ("{user: '*', calendar: it}", "{user: 'a*', region: us-*, calendar: always}", "unreachable-rule"),
    ("{user: [anna, ben], calendar: it}", "{user: BEN, calendar: always}", "unreachable-rule"),
    ("{unit: pay, calendar: it}", "{account: '111111111111', calendar: always}", "unreachable-rule"),
    ("{user: anna, calendar: it}", "{user: anna, calendar: it}", "unreachable-rule"),
    ("{user: anna, calendar: it}", "{user: anna, calendar: always}", "contradictory-rules"),
    ("{user: anna, calendar: it}", "{user: Anna, robot: true, calendar: it}", "contradictory-rules"),
    ("{user: [a, b], role: r, calendar: it}", "{role: R, user: [b, a], calendar: none}", "contradictory-rules"),
    ("{account: '1111*', calendar: it}", "{unit: pay, calendar: none}", "contradictory-rules"),
    (
        "{user: anna, until: 2024-06-30, calendar: it}",
        "{user: anna, from: 2024-06-01, calendar: always}",
        "contradictory-rules",
    ),
]


@pytest.mark.parametrize(("first", "second", "name"), RULE_WARNINGS)
def test_a_rule_that_cannot_work_is_warned_of_with_both_places(first: str, second: str, name: str) -> None:
    found = read(f"{IT}units: {{pay: ['111111111111', '1111*']}}\nassign:\n  - {first}\n  - {second}\ndefault: it\n")
    problem = only(found)
    assert (problem.name, problem.severity, place(problem)[0]) == (name, Severity.warning, 9)
    assert problem.notes == ("rule 1 (line 8) stands at hours.yml:8:6",)
    assert found.hours is not None and len(found.hours.rules) == 2


RULES_THAT_WORK = [
    ("{user: anna, region: us-*, calendar: it}", "{user: anna, calendar: always}"),
    ("{user: anna, calendar: it}", "{user: 'a*', calendar: always}"),
    ("{user: anna, until: 2024-06-30, calendar: it}", "{user: anna, calendar: always}"),
    ("{user: anna, from: 2024-06-01, calendar: it}", "{user: anna, calendar: always}"),
    ("{user: anna, until: 2024-05-31, calendar: it}", "{user: anna, from: 2024-06-01, calendar: always}"),
    ("{user: anna, calendar: it}", "{session: anna, calendar: always}"),
    ("{repository: a, calendar: it}", "{repository: A, calendar: always}"),
    ("{user: 'a?', calendar: it}", "{user: 'a*', calendar: always}"),
    ("{user: [a, b], calendar: it}", "{user: [b, c], calendar: always}"),
]


@pytest.mark.parametrize(("first", "second"), RULES_THAT_WORK)
def test_rules_that_work_are_not_warned_of(first: str, second: str) -> None:
    assert read(f"{IT}assign:\n  - {first}\n  - {second}\ndefault: it\n").diagnostics == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", "empty-file"),
        ("- a", "not-a-mapping"),
        ("a: [", "invalid-yaml"),
        ("a: !!python/object:os.system x", "yaml-tag"),
        ("default: it", "unknown-calendar"),
    ],
)
def test_what_is_no_calendar_file_is_said_to_be_none(text: str, name: str) -> None:
    found = read(text)
    assert name in [each.name for each in found.diagnostics] and found.hours is None


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    assert load_hours(tmp_path / "absent.yml").diagnostics[0].name == "unreadable-file"
    assert load_hours(tmp_path).diagnostics[0].name == "unreadable-file"
    (tmp_path / "latin.yml").write_bytes(b"zone: \xe9\n")
    assert load_hours(tmp_path / "latin.yml").diagnostics[0].name == "not-utf-8"


ENTRIES = [
    ("2024-12-24", "", "2024-12-24"),
    ("2024-12-24 Christmas Eve", "Christmas Eve", "2024-12-24"),
    ("2024-12-24   Christmas\tEve  ", "Christmas Eve", "2024-12-24"),
    ("2024-12-24 - Christmas Eve", "Christmas Eve", "2024-12-24"),
    ("2024-12-24 (half a day)", "(half a day)", "2024-12-24"),
    ("2024-12-24 übergabe", "übergabe", "2024-12-24"),
    ("2024-12-24 tomorrow's party", "tomorrow's party", "2024-12-24"),
    ("2024-12-24 to 2024-12-24", "", "2024-12-24"),
    ("2024-12-24 to 2024-12-26 08:00-12:00 training", "training", "2024-12-24 to 2024-12-26 08:00-12:00"),
    ("2024-12-24 8:00-9:00,  10:00 – 24:00 x", "x", "2024-12-24 08:00-09:00, 10:00-24:00"),
    ("2024-12-24 22:00-06:00 x", "x", "2024-12-24 22:00-06:00"),
    ("2024-12-24T08:00 to 2024-12-24T09:00:30 x", "x", "2024-12-24 08:00 to 2024-12-24 09:00:30"),
    ("2024-12-24 08:00+05:45 to 2024-12-24 09:00Z x", "x", "2024-12-24 02:15Z to 2024-12-24 09:00Z"),
    ("2024-12-24 08:00-08:00 to 2024-12-24 09:00-08:00", "", "2024-12-24 16:00Z to 2024-12-24 17:00Z"),
    ("2024-12-24 08:00 to 2024-12-25 24:00", "", "2024-12-24 08:00 to 2024-12-26 00:00"),
]


@pytest.mark.parametrize(("line", "reason", "when"), ENTRIES)
def test_an_entry_on_one_line_is_understood(line: str, reason: str, when: str) -> None:
    found, said = read_entry(line)
    assert (when_text(found), said) == (when, reason)


@pytest.mark.parametrize(
    ("key", "days"),
    [
        ("mon", "m"), ("Monday", "m"), ("tues", "t"), ("mon-wed", "mtw"), ("fri – mon", "fsum"), ("sun-thu", "umtwr"),
        ("mon, wed,fri", "mwf"), ("mon-tue, sat", "mts"), ("daily", "mtwrfsu"), ("mo", ""), ("mon-", ""),
        ("mon,,tue", ""), ("someday", ""), ("mon-fri-sat", ""),
    ],
)  # fmt: skip
def test_weekday_names(key: str, days: str) -> None:
    assert "".join("mtwrfsu"[day] for day in weekdays(key)) == days


def test_the_quick_question_for_a_country_agrees_with_the_list() -> None:
    known = countries()
    assert [code for code in known if not is_country(code)] == []
    assert not any(map(is_country, ("", "XX", "Ireland", "HolidaysAX", "JAN", "de")))
