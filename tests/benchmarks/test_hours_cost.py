"""The cost of `--hours` is told against the right things."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tocsin.config import Settings
from tocsin.content.library import load_library
from tocsin.run import compile_detection

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return import_module("hours_cost")


def test_detections_without_calendars_need_no_calendar_file(script: Any, tmp_path: Path) -> None:
    library = load_library([script.without_calendars(tmp_path)])
    own = [each for each in library.detections if not library.is_shipped(each)]
    assert len(own) == 3
    for each in own:
        assert "businesshours" not in each.search.text
        assert compile_detection(each, library, Settings(now=1.8e9)).warnings == ()


def test_ratios_are_taken_within_a_round(script: Any) -> None:
    made = script.measure.Run
    rounds = [
        {"plain": made(1.0, 2.0, '{"a":1}\n'), "hours": made(1.5, 2.2, '{"a":1}\n{"a":2}\n')},
        {"plain": made(2.0, 4.0, ""), "hours": made(3.0, 4.4, "")},
        {"plain": made(4.0, 8.0, ""), "hours": made(6.0, 8.8, "")},
    ]
    plain, hours = script.compared(rounds)
    assert "cpu 4.000 s, 1.000 of plain" in plain
    assert "cpu 4.400 s, 1.100 of plain  seconds 3.000 s, 1.500 of plain  2 findings" in hours
