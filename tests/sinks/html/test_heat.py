from __future__ import annotations

from dataclasses import replace

from tests.sinks.made import finding
from tocsin.sinks.html.heat import heat
from tocsin.sinks.html.model import mark

MARK = mark(finding(), "UTC")


def test_every_finding_is_in_one_cell_or_counted_apart() -> None:
    week = heat([MARK, MARK, replace(MARK, slot=(0, 23)), replace(MARK, slot=None)])
    assert (week.hours[11].cells[5].count, week.hours[23].cells[0].count, week.without) == (2, 1, 1)
    assert week.days == (1, 0, 0, 0, 0, 2, 0)
    assert sum(hour.total for hour in week.hours) == 3


def test_small_numbers_have_a_colour_each() -> None:
    week = heat([MARK] * 3)
    assert week.hours[11].cells[5].level == 3
    assert [(step.level, step.text) for step in week.legend] == [(0, "none"), (1, "1"), (2, "2"), (3, "3")]


def test_the_legend_covers_every_count_with_the_colour_of_its_cell() -> None:
    for most in range(1, 60):
        marks = [replace(MARK, slot=(at % 7, at // 7)) for at in range(most) for _ in range(at + 1)]
        week = heat(marks)
        bounds = {step.level: [int(each) for each in step.text.split(" to ")] for step in week.legend[1:]}
        for cell in (cell for hour in week.hours for cell in hour.cells if cell.count):
            assert bounds[cell.level][0] <= cell.count <= bounds[cell.level][-1], (most, cell)


def test_no_findings_make_an_empty_map() -> None:
    assert {cell.level for hour in heat([]).hours for cell in hour.cells} == {0}
