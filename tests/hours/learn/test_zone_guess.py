"""Which zone fits a shape: the working day tells roughly, the clock changes tell exactly."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from tests.hours.learn.people import SUNDAY_TO_THURSDAY, Worker, life
from tocsin.hours.learn import Gathering
from tocsin.hours.learn.clocks import CLOCKS, EVERYBODYS_REGION, REGIONS, zones_of_country
from tocsin.hours.learn.shape import halves_of, quietest, shape_of
from tocsin.hours.learn.spans import Spans, spans_of
from tocsin.hours.learn.working_day import WEEK, template
from tocsin.hours.learn.zone_guess import ZoneScore, scores
from tocsin.hours.zones import zone_named

WEEKENDS = {clock.zone: clock.weekend for clock in CLOCKS}


def scored(worker: Worker, days: int, start: date) -> tuple[dict[str, ZoneScore], Spans]:
    gathering = Gathering()
    gathering.add_all(life(worker, Random(4), days, start))
    history = gathering.finish()
    spans = spans_of(history.since, history.until, WEEKENDS)
    (record,) = history.records.values()
    return scores(shape_of(halves_of(record), spans, 45), spans, WEEKENDS), spans


def test_a_spring_change_in_the_window_tells_zones_of_one_offset_apart() -> None:
    found, _ = scored(Worker("a", "Europe/Berlin"), 80, date(2024, 2, 19))
    assert found["Europe/Berlin"].likelihood > found["Africa/Lagos"].likelihood + 3
    assert found["Europe/Berlin"].change > found["Africa/Lagos"].change + 3


def test_without_a_change_such_zones_are_the_same() -> None:
    found, _ = scored(Worker("a", "Europe/Berlin"), 60, date(2024, 1, 8))
    assert found["Europe/Berlin"] == found["Africa/Lagos"] == found["Europe/Paris"]


def test_a_zone_that_keeps_its_clock_is_told_from_one_that_changes() -> None:
    found, _ = scored(Worker("a", "America/Phoenix"), 80, date(2024, 2, 1))
    assert found["America/Phoenix"].likelihood > found["America/Denver"].likelihood + 3


def test_the_other_side_of_the_world_is_out_of_the_question() -> None:
    found, _ = scored(Worker("a", "America/New_York"), 60, date(2024, 4, 15))
    assert found["America/New_York"].likelihood > found["Asia/Tokyo"].likelihood + 6
    assert abs(found["America/New_York"].late) <= 1


def test_a_working_week_from_sunday_is_seen() -> None:
    found, _ = scored(Worker("a", "Asia/Jerusalem", weekdays=SUNDAY_TO_THURSDAY), 60, date(2024, 4, 15))
    assert found["Asia/Jerusalem"].weekend == 1
    assert found["Asia/Jerusalem"].likelihood > found["Europe/Athens"].likelihood + 2


def test_somebody_who_works_at_night_is_late_by_half_a_day_there() -> None:
    found, _ = scored(Worker("a", "Europe/Berlin", 22, 30), 60, date(2024, 4, 15))
    assert abs(found["Europe/Berlin"].late) >= 9


def test_every_zone_of_the_tables_exists() -> None:
    names = [clock.zone for clock in CLOCKS]
    assert len(set(names)) == len(names)
    assert all(zone_named(name) for name in names)
    assert {zone for zone, _ in REGIONS.values()} <= set(names)
    assert EVERYBODYS_REGION in REGIONS
    assert zones_of_country("de") == ("Europe/Berlin",)
    assert zones_of_country("XX") == ()


@pytest.mark.parametrize("weekend", [0, 1])
def test_the_working_day_is_a_distribution_that_is_high_by_day(weekend: int) -> None:
    from math import exp

    shares = [exp(each) for each in template(weekend)]
    assert len(shares) == WEEK
    assert sum(shares) == pytest.approx(1)
    tuesday = shares[48:96]
    assert min(tuesday[20:24]) > 8 * max(tuesday[4:10])
    sunday, friday = sum(shares[6 * 48 :]), sum(shares[4 * 48 : 5 * 48])
    assert (friday > 8 * sunday) if weekend == 0 else (sunday > 8 * friday)


def test_spans_cut_the_window_where_clocks_change() -> None:
    spans = spans_of(1709251200, 1712620800, ("Europe/Berlin", "America/New_York", "Asia/Tokyo"))  # 1 March to 9 April
    assert spans.starts == (1709251200, 1710054000, 1711846800)
    assert spans.offsets["Europe/Berlin"] == (3600, 3600, 7200)
    assert spans.offsets["America/New_York"] == (-18000, -14400, -14400)
    assert spans.ahead("Asia/Tokyo", 1712000000) == 32400
    assert spans.apart("Europe/Berlin", "America/New_York") == 6
    assert spans.apart("Asia/Tokyo", "America/New_York") == 11  # 13 and 14 hours, around the day


def test_the_quietest_time_is_in_the_middle_of_the_night() -> None:
    assert quietest([day * 48 + half for day in range(5) for half in range(18, 36)]) in range(0, 6)
    assert quietest([]) == 0
