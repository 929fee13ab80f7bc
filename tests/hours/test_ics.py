"""Imported iCalendar files: what becomes of their events, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hours.build import ask, hours, only, place, read
from tocsin.hours import Hours, HoursFile

FILE = """
    ZONE
    calendars:
      it:
        zone: Europe/Berlin
        week: {daily: all day}
        LIST:
          - ics: events.ics
    default: it
"""


def event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""])


def write(folder: Path, *events: str) -> None:
    text = "".join(["BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", *events, "END:VCALENDAR\r\n"])
    (folder / "events.ics").write_bytes(text.encode())


def loaded(folder: Path, *events: str, listed: str = "closed") -> Hours:
    write(folder, *events)
    return hours(FILE.replace("LIST", listed).replace("ZONE", ""), folder)


def problems(folder: Path, *events: str) -> HoursFile:
    write(folder, *events)
    return read(FILE.replace("LIST", "closed").replace("ZONE", ""), folder)


def closed_at(given: Hours, *instants: str) -> list[bool]:
    return [ask(given, instant).state == "closed" for instant in instants]


def test_a_date_closes_the_local_day(tmp_path: Path) -> None:
    given = loaded(tmp_path, event("DTSTART;VALUE=DATE:20240906", "SUMMARY:Company outing\\, all"))
    edges = ("2024-09-05T21:59:59Z", "2024-09-05T22:00:00Z", "2024-09-06T21:59:59Z", "2024-09-06T22:00:00Z")
    assert closed_at(given, *edges) == [False, True, True, False]
    found = ask(given, "2024-09-06T10:00Z")
    assert (found.reason, found.entry) == ("closure: Company outing, all", "events.ics line 3")


def test_the_end_of_dates_is_outside(tmp_path: Path) -> None:
    given = loaded(tmp_path, event("DTSTART;VALUE=DATE:20240906", "DTEND;VALUE=DATE:20240908"))
    assert closed_at(given, "2024-09-07T21:59:59Z", "2024-09-07T22:00:00Z") == [True, False]
    given = loaded(tmp_path, event("DTSTART;VALUE=DATE:20240906", "DURATION:P2D"))
    assert closed_at(given, "2024-09-07T21:59:59Z", "2024-09-07T22:00:00Z") == [True, False]


@pytest.mark.parametrize(
    ("begin", "end", "instant"),
    [
        ("DTSTART:20240906T100000", "DTEND:20240906T110000", "2024-09-06T08:00:00Z"),  # floating: the calendar's
        ("DTSTART:20240906T100000Z", "DTEND:20240906T110000Z", "2024-09-06T10:00:00Z"),
        ("DTSTART;TZID=Asia/Tokyo:20240906T100000", "DURATION:PT1H", "2024-09-06T01:00:00Z"),
        ('DTSTART;TZID="Tokyo Standard Time":20240906T100000', "DURATION:PT60M", "2024-09-06T01:00:00Z"),
        ("DTSTART;TZID=/example.com/Asia/Tokyo:20240906T100000", "DURATION:PT3600S", "2024-09-06T01:00:00Z"),
        ("DTSTART;TZID=Asia/Tokyo:20240906T100000", "DTEND:20240906T020000Z", "2024-09-06T01:00:00Z"),
    ],
)
def test_moments_are_in_their_own_zone(tmp_path: Path, begin: str, end: str, instant: str) -> None:
    given = loaded(tmp_path, event(begin, end))
    before, after = instant.replace("00:00Z", "59:59Z"), instant
    first = f"{before[:11]}{int(before[11:13]) - 1:02d}{before[13:]}"
    last = f"{after[:11]}{int(after[11:13]) + 1:02d}{after[13:]}"
    assert closed_at(given, first, after, before, last) == [False, True, True, False]


def test_lists_say_what_events_mean(tmp_path: Path) -> None:
    here = event("DTSTART;VALUE=DATE:20240906", "SUMMARY:move")
    assert ask(loaded(tmp_path, here, listed="freezes"), "2024-09-06T10:00Z").reason == "freeze: move"
    assert ask(loaded(tmp_path, here, listed="maintenance"), "2024-09-06T10:00Z").reason == "maintenance: move"
    assert ask(loaded(tmp_path, here, listed="open"), "2024-09-06T10:00Z").state == "open"


def test_a_series_recurs_with_exceptions_and_additions(tmp_path: Path) -> None:
    given = loaded(
        tmp_path,
        event(
            "DTSTART;TZID=Europe/Berlin:20240902T100000",
            "DTEND;TZID=Europe/Berlin:20240902T110000",
            "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20240930T080000Z",
            "EXDATE;TZID=Europe/Berlin:20240909T100000",
            "EXDATE:20240916T080000Z",
            "RDATE;TZID=Europe/Berlin:20240910T100000",
        ),
    )
    days = ("02", "09", "10", "16", "23", "30")
    assert closed_at(given, *(f"2024-09-{day}T08:30Z" for day in days)) == [True, False, True, False, True, True]
    assert closed_at(given, "2024-10-07T08:30Z", "2024-08-26T08:30Z") == [False, False]


def test_a_series_keeps_its_wall_clock_over_a_clock_change(tmp_path: Path) -> None:
    given = loaded(
        tmp_path, event("DTSTART;TZID=America/New_York:20240301T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY")
    )
    assert closed_at(given, "2024-03-09T14:30Z", "2024-03-10T13:30Z", "2024-03-10T14:30Z") == [True, True, False]


def test_a_series_of_whole_days_may_be_several_days_long(tmp_path: Path) -> None:
    given = loaded(tmp_path, event("DTSTART;VALUE=DATE:20240105", "DTEND;VALUE=DATE:20240108", "RRULE:FREQ=MONTHLY"))
    assert closed_at(given, *(f"2024-03-0{day}T12:00Z" for day in range(4, 9))) == [False, True, True, True, False]


def test_a_changed_occurrence_stands_for_the_one_it_replaces(tmp_path: Path) -> None:
    series = event("UID:a", "DTSTART:20240902T080000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=4")
    moved = event("UID:a", "RECURRENCE-ID:20240903T080000Z", "DTSTART:20240903T120000Z", "DURATION:PT1H")
    dropped = event("UID:a", "RECURRENCE-ID:20240904T080000Z", "DTSTART:20240904T080000Z", "STATUS:CANCELLED")
    given = loaded(tmp_path, moved, series, dropped)
    hours_of = ("02T08", "03T08", "03T12", "04T08", "05T08", "06T08")
    assert closed_at(given, *(f"2024-09-{when}:30Z" for when in hours_of)) == [True, False, True, False, True, False]


def test_events_at_no_time_are_passed_over_with_a_warning(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        event("DTSTART;VALUE=DATE:20240906", "STATUS:CANCELLED"),
        event("DTSTART:20240906T100000Z"),
        event("DTSTART:20240906T100000Z", "DTEND:20240906T090000Z"),
    )
    assert (only(found).name, only(found).message[:9]) == ("import-skipped", "3 events ")
    assert found.hours is not None


def test_alarms_todos_and_zone_definitions_are_passed_over(tmp_path: Path) -> None:
    given = loaded(
        tmp_path,
        "BEGIN:VTODO\r\nDTSTART;VALUE=DATE:20240901\r\nEND:VTODO\r\n",
        "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nBEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nRRULE:FREQ=YEARLY\r\n"
        "END:STANDARD\r\nEND:VTIMEZONE\r\n",
        event(
            "DTSTART;VALUE=DATE:20240906", "BEGIN:VALARM", "DURATION:PT15M", "SUMMARY:ring", "END:VALARM", "SUMMARY:x"
        ),
    )
    assert closed_at(given, "2024-09-01T12:00Z", "2024-09-06T12:00Z") == [False, True]
    assert ask(given, "2024-09-06T12:00Z").reason == "closure: x"


def test_folded_lines_are_unfolded(tmp_path: Path) -> None:
    given = loaded(tmp_path, event("DTSTART;VALUE=DATE:2024", " 0906", "SUMMARY:a very long", "  name"))
    assert ask(given, "2024-09-06T12:00Z").reason == "closure: a very long name"


def test_floating_moments_for_all_calendars_need_the_files_zone(tmp_path: Path) -> None:
    write(tmp_path, event("DTSTART:20240906T100000", "DURATION:PT1H"), event("DTSTART;VALUE=DATE:20240907"))
    text = "calendars: {it: {zone: Asia/Tokyo, week: {daily: all day}}}\ndefault: it\nfreezes: [{ics: events.ics}]\n"
    assert only(read(text, tmp_path)).name == "time-without-zone"
    given = hours(f"zone: Europe/Berlin\n{text}", tmp_path)
    assert closed_at(given, "2024-09-06T07:59:59Z", "2024-09-06T08:00:00Z", "2024-09-06T09:00:00Z") == [
        False, True, False,
    ]  # fmt: skip
    assert closed_at(given, "2024-09-06T14:59:59Z", "2024-09-06T15:00:00Z") == [False, True]


BAD = [
    (["SUMMARY:x"], "no `DTSTART`"),
    (["DTSTART:yesterday"], "neither a date nor a moment"),
    (["DTSTART;VALUE=DATE:20240230"], "not in the calendar"),
    (["DTSTART:20240906T250000Z"], "no such time"),
    (["DTSTART:20240906T100000Z,20240907T100000Z"], "several values"),
    (["DTSTART;VALUE=DATE:20240906", "DTSTART;VALUE=DATE:20240907"], "several `DTSTART`"),
    (["DTSTART;TZID=Mars/Base:20240906T100000"], "`Mars/Base`"),
    (["DTSTART;VALUE=DATE:20240906", "DTEND:20240907T000000Z"], "two kinds"),
    (["DTSTART:20240906T100000", "DTEND:20240906T110000Z"], "two kinds"),
    (["DTSTART:20240906T100000Z", "DURATION:-PT1H"], "no length"),
    (["DTSTART:20240906T100000Z", "DURATION:P99999999999D"], "no length"),
    (["DTSTART:20240906T100000Z", "DURATION:PT1H", "RRULE:FREQ=SECONDLY"], "within a day"),
    (["DTSTART:20240906T100000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY", "RRULE:FREQ=DAILY"], "several `RRULE`"),
    (["DTSTART;VALUE=DATE:20240906", "DURATION:P40D", "RRULE:FREQ=YEARLY"], "longer than 31 days"),
    (["DTSTART:20240906T100000Z", "DURATION:PT1H", "RDATE;VALUE=PERIOD:20240907T100000Z/PT1H"], "neither a date"),
    (["DTSTART:20240906T100000Z", "DURATION:PT1H", "RDATE:20240907T110000Z"], "another time of day"),
    (["DTSTART:20240906T100000Z", "RECURRENCE-ID;RANGE=THISANDFUTURE:20240906T100000Z"], "`RANGE`"),
    (["DTSTART"], "cannot be read"),
    (["DTSTART;VALUE=DATE:20240906", "BEGIN:VALARM"], "never ends"),
    (["DTSTART;VALUE=DATE:20240906", "SUMMARY:" + "x" * 70_000], "64 KiB"),
]


@pytest.mark.parametrize(("lines", "said"), BAD, ids=[said for _, said in BAD])
def test_an_event_that_would_be_imported_wrongly_is_an_error_at_its_line(
    tmp_path: Path, lines: list[str], said: str
) -> None:
    found = problems(tmp_path, event("DTSTART;VALUE=DATE:20240101"), event(*lines))
    problem = only(found)
    assert (problem.name, place(problem)) == ("import-event", (6, 1, "BEGIN:VEVENT"))
    assert said in problem.message and found.hours is None
    assert problem.span is not None and problem.span.source.name.endswith("events.ics")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("../events.ics", "outside"),
        ("sub/../../events.ics", "outside"),
        ("link.ics", "outside"),
        ("absent.ics", "not usable"),
        (".", "not usable"),
        ("hours.yml", "not an iCalendar file"),
        ("latin.ics", "not usable"),
    ],
)
def test_only_a_calendar_in_the_files_folder_is_read(tmp_path: Path, path: str, said: str) -> None:
    folder = tmp_path / "config"
    folder.mkdir()
    write(tmp_path)
    (folder / "hours.yml").write_text("zone: UTC\n")
    (folder / "latin.ics").write_bytes(b"BEGIN:VCALENDAR\n\xe9")
    (folder / "link.ics").symlink_to(tmp_path / "events.ics")
    problem = only(read(FILE.replace("LIST", "closed").replace("ZONE", "").replace("events.ics", path), folder))
    assert (problem.name, place(problem)[2]) == ("import-path", path)
    assert said in problem.message


def test_an_absolute_path_is_outside(tmp_path: Path) -> None:
    write(tmp_path)
    text = FILE.replace("LIST", "closed").replace("ZONE", "").replace("events.ics", str(tmp_path / "events.ics"))
    assert "outside" in only(read(text, tmp_path)).message


def test_a_calendar_without_events_is_a_warning(tmp_path: Path) -> None:
    assert only(problems(tmp_path)).name == "import-empty"


def test_an_event_that_never_ends_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "events.ics").write_text("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20240906\n")
    found = read(FILE.replace("LIST", "closed").replace("ZONE", ""), tmp_path)
    assert only(found).name == "import-event" and "never ends" in only(found).message


def test_many_bad_events_are_counted_after_the_first_twenty(tmp_path: Path) -> None:
    found = problems(tmp_path, *[event("SUMMARY:x")] * 30)
    assert len(found.diagnostics) == 21
    assert any("10 more events" in each.message for each in found.diagnostics)
