from __future__ import annotations

from dataclasses import replace

import pytest

from tests.sinks.made import epoch, finding
from tocsin.sinks.html.model import mark
from tocsin.sinks.html.timeline import HEIGHT, timeline

MARK = mark(finding(), "UTC")


def test_without_times_there_is_no_timeline() -> None:
    assert timeline({}, "UTC", 0.0, 9.0) is None
    assert timeline({"a": [replace(MARK, at=None)]}, "UTC", None, None) is None


def test_bars_begin_at_midnight_of_the_zone() -> None:
    drawn = timeline({"a": [MARK]}, "Asia/Kolkata", epoch("2026-02-01T00:00Z"), epoch("2026-04-01T00:00Z"))
    assert drawn is not None
    assert (drawn.step, drawn.ticks[0]) == ("1 day", "Sun 2026-02-01 00:00")
    assert drawn.lanes[0].bars[0].title == "from Sat 2026-03-07 00:00: 1 finding"


def test_one_moment_is_one_bar() -> None:
    drawn = timeline({"a": [MARK, MARK], "b": []}, "UTC", None, None)
    assert drawn is not None
    assert [(bar.x, bar.y, bar.height) for bar in drawn.lanes[0].bars] == [(0, 0, HEIGHT)]
    assert drawn.lanes[0].label == "a: 2 findings; the most in 1 minute are 2, from Sat 2026-03-07 11:02"
    assert drawn.lanes[1].label == "b: 0 findings"


@pytest.mark.parametrize("days", [0.01, 0.5, 7, 90, 700, 40_000])
def test_every_finding_is_in_a_bar_inside_the_drawing(days: float) -> None:
    end = epoch("2026-03-07T11:02:45Z")
    marks = [replace(MARK, at=end - days * 86400 * share / 9) for share in range(10)]
    drawn = timeline({"a": marks}, "America/New_York", None, None)
    assert drawn is not None
    assert drawn.width <= 86
    bars = drawn.lanes[0].bars
    assert sum(int(bar.title.split(": ")[1].split()[0]) for bar in bars) == 10
    assert all(0 <= bar.x < drawn.width and bar.y + bar.height == HEIGHT for bar in bars)


def test_the_drawing_ends_with_the_window() -> None:
    drawn = timeline({"a": [MARK]}, "UTC", epoch("2026-03-01T00:00Z"), epoch("2026-03-09T00:00Z"))
    assert drawn is not None
    assert (drawn.step, drawn.width, drawn.ticks[-1]) == ("3 hours", 64, "Mon 2026-03-09 00:00")
