from __future__ import annotations

from collections import Counter
from datetime import datetime

import pytest

from tests.sinks.made import epoch
from tocsin.sinks.html import limits
from tocsin.sinks.html.records import Record
from tocsin.sinks.html.scale import scale, ticks, weekends
from tocsin.sinks.html.timeline import Timeline, timeline

NOON = epoch("2026-03-07T12:00Z")
DAY = 86400.0


def record(time: float | None, *people: str) -> Record:
    return Record(time, None, False, people, ())


def drawn(*records: Record, zone: str = "UTC", earliest: float | None = None, latest: float | None = None) -> Timeline:
    found = timeline(records, Counter(), zone, earliest, latest)
    assert found is not None
    return found


def test_without_times_there_is_no_timeline() -> None:
    assert timeline([], Counter(), "UTC", 0.0, 9.0) is None
    assert timeline([record(None, "ann")], Counter(), "UTC", None, None) is None
    assert timeline([record(1e18, "ann")], Counter(), "UTC", None, None) is None


def test_each_person_has_a_lane_the_busiest_first() -> None:
    found = drawn(
        record(NOON, "bob"), record(NOON, "ann"), record(NOON + DAY, "ann", "bob"), record(NOON + 2 * DAY, "ann")
    )
    assert [(lane.name, len(lane.dots)) for lane in found.lanes] == [("ann", 3), ("bob", 2)]
    assert found.lanes[0].note == "3 records, Sat 2026-03-07 12:00 to Mon 2026-03-09 12:00"
    assert [dot.x for dot in found.lanes[0].dots] == [0, 50, 100]


def test_a_record_of_nobody_has_a_lane() -> None:
    assert [lane.name for lane in drawn(record(NOON)).lanes] == ["nobody named"]


def test_close_records_are_one_larger_dot() -> None:
    close = drawn(*(record(NOON + at, "ann") for at in range(10)), record(NOON + 9 * DAY, "ann")).lanes[0].dots
    assert [dot.title for dot in close] == ["10 records from Sat 2026-03-07 12:00:00", "Mon 2026-03-16 12:00:00"]
    assert close[0].radius > close[1].radius


def test_people_past_the_last_lane_share_one() -> None:
    found = drawn(*(record(NOON + at, f"p{at:03}") for at in range(40)))
    assert len(found.lanes) == limits.LANES
    assert (found.lanes[-1].name, found.lanes[-1].note.split(",")[0]) == ("29 others", "29 records")


def test_the_window_is_the_width() -> None:
    found = drawn(record(NOON, "ann"), earliest=NOON - DAY, latest=NOON + 3 * DAY)
    assert found.lanes[0].dots[0].x == 25
    assert (found.begin, found.end) == ("Fri 2026-03-06 12:00:00", "Tue 2026-03-10 12:00:00")


def test_bars_of_pushes_begin_at_midnight_of_the_zone() -> None:
    pushes = Counter({int(NOON + hour * 3600): hour % 5 + 1 for hour in range(24 * 30)})
    found = timeline([], pushes, "Asia/Kolkata", None, None)
    assert found is not None
    assert found.step == "12 hours"
    assert sum(int(bar.title.split()[0]) for bar in found.bars) == pushes.total()
    assert {bar.title.split(" from ")[1][-5:] for bar in found.bars} == {"00:00", "12:00"}
    assert max(bar.height for bar in found.bars) == 100


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"])
@pytest.mark.parametrize("days", [0, 0.01, 0.5, 2, 7, 60, 700, 40_000, 3_000_000])
def test_whatever_the_window_everything_lies_inside_and_few_ticks_below(zone: str, days: float) -> None:
    low = epoch("0001-01-03T00:00Z") if days > 700_000 else epoch("1990-03-07T11:02:45Z")
    line = scale([low, low + days * DAY], zone, None, None)
    assert line is not None
    below = ticks(line)
    assert 1 <= len(below) <= 9
    assert [tick.x for tick in below] == sorted(tick.x for tick in below)
    for x, width in weekends(line):
        assert 0 <= x <= 100
        assert x + width <= 100.02


def test_weekends_are_those_of_the_zone() -> None:
    line = scale([epoch("2026-03-02T00:00Z"), epoch("2026-03-12T00:00Z")], "UTC", None, None)
    assert line is not None
    assert [tick.text for tick in ticks(line)][:2] == ["2 Mar", "4 Mar"]
    assert list(weekends(line)) == [(50, 10), (60, 10)]
    tokyo = scale([line.low, line.high], "Asia/Tokyo", None, None)
    assert tokyo is not None
    begins = [datetime.fromisoformat("2026-03-07T00:00+09:00").timestamp()]
    assert [x for x, _ in weekends(tokyo)][:1] == [tokyo.x(each) for each in begins]


def test_a_short_window_has_hours_below() -> None:
    line = scale([NOON, NOON + 5 * 3600], "Europe/Berlin", None, None)
    assert line is not None
    assert [tick.text for tick in ticks(line)] == ["13:00", "14:00", "15:00", "16:00", "17:00", "18:00"]
