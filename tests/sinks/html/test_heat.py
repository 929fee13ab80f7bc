from __future__ import annotations

import random
from collections import Counter

from tocsin.sinks.html.heat import LEVELS, heat


def test_the_map_has_every_hour_by_day_and_by_hour() -> None:
    week = heat(Counter({(5, 11): 2, (0, 23): 1}))
    assert (len(week.days), {len(day) for day in week.days}) == (7, {24})
    assert (len(week.hours), {len(hour) for hour in week.hours}) == (24, {7})
    assert week.days[5][11] == week.hours[11][5]
    assert (week.days[5][11].count, week.days[0][23].count) == (2, 1)
    assert sum(cell.count for day in week.days for cell in day) == 3


def test_what_was_found_is_marked_in_what_there_was() -> None:
    week = heat(Counter({(5, 11): 2}), Counter({(5, 11): 3, (0, 9): 7}))
    assert week.marked
    assert [(cell.count, cell.found) for cell in (week.days[5][11], week.days[0][9])] == [(3, 2), (7, 0)]
    assert not heat(Counter({(5, 11): 2})).marked


def test_what_was_found_is_shown_even_if_it_is_no_push() -> None:
    cell = heat(Counter({(5, 11): 2}), Counter({(0, 9): 7})).days[5][11]
    assert (cell.count, cell.found) == (2, 2)
    assert cell.level


def test_few_counts_have_a_shade_each() -> None:
    week = heat(Counter({(0, 0): 1, (0, 1): 40, (0, 2): 1}))
    assert [(step.level, step.text) for step in week.legend] == [(0, "none"), (2, "1"), (3, "2 to 40")]


def test_one_robot_does_not_make_all_others_look_alike() -> None:
    counts = Counter({(day, hour): 1 + hour for day in range(7) for hour in range(24)})
    counts[0, 2] = 10_000
    levels = Counter(cell.level for day in heat(counts).days for cell in day)
    assert min(levels[level] for level in range(1, LEVELS + 1)) > 20


def test_the_legend_covers_every_count_with_the_shade_of_its_cell() -> None:
    chance = random.Random(7)
    for most in (1, 2, 5, 6, 30, 5000):
        counts = Counter({(at % 7, at // 7): chance.randint(0, most) for at in range(168)})
        week = heat(counts)
        bounds = {
            step.level: [int(each.replace(",", "")) for each in step.text.split(" to ")] for step in week.legend[1:]
        }
        for cell in (cell for day in week.days for cell in day if cell.count):
            assert bounds[cell.level][0] <= cell.count <= bounds[cell.level][-1], (most, cell)
        assert len({step.level for step in week.legend}) == len(week.legend)


def test_no_findings_make_an_empty_map() -> None:
    assert {cell.level for day in heat(Counter()).days for cell in day} == {0}
