"""Records behind findings are counted once each, in the week of whoever acted where that is known."""

from __future__ import annotations

from collections import Counter

import pytest
from msgspec.structs import replace

from tests.sinks.html.making import SATURDAY, abroad, behind
from tests.sinks.made import finding
from tocsin.risk.finding import EventPointer, Finding
from tocsin.sinks.html import limits
from tocsin.sinks.html.records import Records

DAY = 86400.0


def records(*findings: Finding, zone: str = "UTC") -> Records:
    found = Records(zone)
    for each in findings:
        found.add(each)
    return found


def test_each_record_of_a_finding_has_its_own_hour() -> None:
    nightly = behind(finding("ci"), *(SATURDAY + DAY * number for number in range(3)))
    assert records(nightly).slots({}) == Counter({(5, 11): 1, (6, 11): 1, (0, 11): 1})


def test_a_record_that_two_detections_find_counts_once_by_its_own_clock() -> None:
    original, ours = behind(finding("role/priya"), SATURDAY), abroad()
    for order in ((original, ours), (ours, original)):
        found = records(*order)
        assert found.slots({}) == Counter({(6, 0): 1})
        assert found.total == 1
        (record,) = found.known.values()
        assert set(record.people) == {"role/priya", "priya"}


def test_a_clock_known_from_all_pushes_wins() -> None:
    found = records(behind(finding(), SATURDAY))
    assert found.slots({("logs/e.gz", 1): (2, 3)}) == Counter({(2, 3): 1})


def test_without_a_clock_of_its_own_the_searchers_zone_holds() -> None:
    assert records(behind(finding(), SATURDAY), zone="Asia/Tokyo").slots({}) == Counter({(5, 20): 1})


def test_an_offset_alone_is_a_clock() -> None:
    away = behind(finding(local_time="2026-03-07T23:02:45+12:00"), SATURDAY, SATURDAY + 3600)
    assert records(away).slots({}) == Counter({(5, 23): 1, (6, 0): 1})


@pytest.mark.parametrize("zone", ["", "Nowhere/Land", "/etc/passwd", "../..", ("UTC", "Asia/Tokyo"), "\x00"])
def test_a_zone_that_is_none_is_passed_over(zone: str | tuple[str, ...]) -> None:
    assert records(behind(finding(local_zone=zone, local_time="soon"), SATURDAY)).slots({}) == Counter({(5, 11): 1})


def test_a_record_without_a_time_stands_at_its_findings_first() -> None:
    old = replace(finding(), events=(EventPointer("e", "a", 1),))
    assert records(old).slots({}) == Counter({(5, 11): 1})
    assert records(replace(old, earliest=None)).slots({}) == Counter()


def test_records_past_the_first_hundred_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    many = replace(behind(finding(), *(SATURDAY + at for at in range(100))), event_count=1234)
    assert (len(records(many).known), records(many).beyond, records(many).total) == (100, 1134, 1234)
    monkeypatch.setattr(limits, "PLACED", 40)
    assert (len(records(many).known), records(many).total) == (40, 1234)
