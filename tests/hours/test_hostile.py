"""Files made to hurt: bounded time and memory, an answer or a problem, never a traceback."""

from __future__ import annotations

import random
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hours.build import at, hours, only, read
from tests.hours.test_docs_example import block
from tests.hours.test_ics import event, write
from tocsin.hours import Hours, HoursFile, Subject, verdicts
from tocsin.hours.file import imported

YEAR = [at("2023-07-01T12:00Z") + 86_400 * day for day in range(366)]
FILE = """
calendars:
  it:
    zone: Europe/Berlin
    week: {daily: all day}
    closed: [{ics: events.ics}]
default: it
"""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Generous: what is bounded takes a tenth of it, what is not would take minutes."""
    began = time.perf_counter()
    yield
    assert time.perf_counter() - began < seconds


def a_year(given: Hours) -> list[str]:
    return [each.reason for each in verdicts(given, YEAR, [Subject()] * len(YEAR))]


def imports(folder: Path, *events: str) -> HoursFile:
    write(folder, *events)
    return read(FILE, folder)


def test_many_events_that_each_last_for_ever(tmp_path: Path) -> None:
    events = [event(f"DTSTART:0001010{i % 8 + 1}T000000Z", "DTEND:99991201T000000Z") for i in range(5_000)]
    with within(20):
        found = imports(tmp_path, *events)
        assert found.hours is not None
        assert {reason[:8] for reason in a_year(found.hours)} == {"closure:"}


def test_many_events_on_one_day(tmp_path: Path) -> None:
    draw = random.Random(3)
    moments = [
        f"20231114T{draw.randrange(24):02d}{draw.randrange(60):02d}{draw.randrange(60):02d}" for _ in range(5_000)
    ]
    events = [event(f"DTSTART:{moment}", f"DURATION:PT{draw.randrange(1, 86_000)}S") for moment in moments]
    with within(20):
        found = imports(tmp_path, *events)
        assert found.hours is not None
        assert sum(reason != "open" for reason in a_year(found.hours)) in (1, 2)


def test_events_do_not_pile_up_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imported, "MAX_BYTES", 12_000_000)  # reading sets as much aside
    write(tmp_path, *[event("DTSTART;VALUE=DATE:20240101", f"DESCRIPTION:{'x' * 20_000}")] * 500)  # some 10 MB
    tracemalloc.start()
    try:
        assert hours(FILE, tmp_path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 25_000_000  # the text, as bytes and as characters, and little more


def test_more_events_than_the_bound_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imported, "MAX_EVENTS", 10)
    assert imports(tmp_path, *[event("DTSTART;VALUE=DATE:20240101")] * 10).diagnostics == ()
    problem = only(imports(tmp_path, *[event("DTSTART;VALUE=DATE:20240101")] * 11))
    assert (problem.name, problem.message) == ("too-many", "there are more than 10 imported events")


def test_a_larger_file_than_the_bound_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imported, "MAX_BYTES", 100)
    assert only(imports(tmp_path, event("DTSTART;VALUE=DATE:20240101", "SUMMARY:" + "x" * 99))).name == "import-path"


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYSETPOS=366;BYDAY=MO,TU,WE,TH,FR,SA,SU",
        "FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU,WE,TH,FR",
        "FREQ=DAILY;UNTIL=99991231",
    ],
)
def test_as_many_recurring_events_as_are_allowed(tmp_path: Path, rule: str) -> None:
    with within(40):
        found = imports(tmp_path, *[event("DTSTART:00010101T090000Z", "DURATION:PT9H", f"RRULE:{rule}")] * 1_000)
        assert found.hours is not None
        assert len(a_year(found.hours)) == len(YEAR)


def test_more_recurring_days_than_are_allowed_are_refused(tmp_path: Path) -> None:
    daily = event("DTSTART:20240101T090000Z", "DURATION:P20D", "RRULE:FREQ=DAILY")
    assert imports(tmp_path, *[daily] * 47).diagnostics == ()
    assert only(imports(tmp_path, *[daily] * 48)).name == "too-many"


def test_rules_that_count_for_ever_use_up_the_files_budget(tmp_path: Path) -> None:
    rule = "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=9"
    with within(20):
        found = imports(tmp_path, *[event("DTSTART:20240101T090000Z", "DURATION:PT1H", rule)] * 1_000)
    assert found.hours is None and found.diagnostics[0].name == "import-event"


@pytest.mark.parametrize("glob", ["u{}", "u{}*", "*u{}*x*"])
def test_many_rules(glob: str) -> None:
    rules = "".join(f"  - {{user: '{glob.format(number)}', calendar: none}}\n" for number in range(3_000))
    with within(30):
        given = hours(f"calendars: {{}}\ndefault: always\nassign:\n{rules}")
        subjects = [Subject(user=f"u{number}") for number in range(300)]
        found = verdicts(given, [0.0] * 300, subjects)
    assert {each.calendar for each in found} == {"always" if "x" in glob else "none"}


@pytest.mark.parametrize(
    "text",
    [
        "calendars: {it: {zone: UTC, week: {mon: 'all day'}, closed: ['2024-12-24" + " " * 50_000 + "x']}}",
        "calendars: {it: {zone: UTC, week: {mon: '" + "08:00-09:00," * 5_000 + "'}}}",
        "calendars: {it: {zone: UTC, week: {'" + "mon," * 5_000 + "mon': 'all day'}}}",
        "calendars: {it: {zone: UTC, week: {'" + "mon-" * 5_000 + "mon': 'all day'}}}",
        "calendars: {it: {zone: '" + "Europe/" * 5_000 + "', week: {mon: 'all day'}}}",
        "zone: " + "x" * 50_000,
        f"calendars: {{}}\nassign: [{{user: '{'*a' * 20_000}', calendar: none}}, "
        f"{{user: '{'a*' * 20_000}', calendar: none}}]",
    ],
    ids=["spaces", "shifts", "days", "ranges", "zone", "name", "globs"],
)  # fmt: skip
def test_long_texts(text: str) -> None:
    with within(20):
        read(text)


@pytest.mark.property
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_file_gives_problems_and_never_a_traceback(tmp_path: Path, data: st.DataObject) -> None:
    def damaged(text: str) -> str:
        for _ in range(data.draw(st.integers(1, 4))):
            start = data.draw(st.integers(0, len(text) - 1))
            end = start + data.draw(st.integers(0, 12))
            junk = data.draw(st.text("0129-:,;=ZT *?[]{}'\"#\n\r\\aé~|>&!%", max_size=4))
            text = text[:start] + junk + text[end:]
        return text

    (tmp_path / "company.ics").write_text(damaged(block("ics") + ICS), encoding="utf-8")
    found = read(damaged(block("yaml")), tmp_path)
    assert (found.hours is None) == any(each.severity > 1 for each in found.diagnostics)
    if found.hours is not None:
        verdicts(found.hours, YEAR[::30], [Subject(user="anna")] * len(YEAR[::30]))


ICS = event(
    "UID:series",
    "DTSTART;TZID=Europe/Berlin:20240902T100000",
    "DURATION:P1DT2H",
    "RRULE:FREQ=MONTHLY;BYDAY=-1FR,2MO;INTERVAL=2;UNTIL=20301231T000000Z",
    "EXDATE;TZID=Europe/Berlin:20240909T100000",
    "SUMMARY:weekly\\, at ten",
) + event("UID:series", "RECURRENCE-ID:20240909T080000Z", "DTSTART:20240910T080000Z", "DTEND:20240910T090000Z")
