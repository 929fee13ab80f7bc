from __future__ import annotations

import pytest

from tests.plan.searches import expression, plan
from tocsin.plan.nodes import Rows
from tocsin.plan.text import explain
from tocsin.plan.text import expression as text


def test_a_plan_reads_from_the_leaf_on() -> None:
    assert explain(plan('a=1 earliest=-1h | stats count as "n x" by b | sort - b')).splitlines() == [
        'scan     a="1" earliest=-1h',
        'group    count() AS "n x" BY b',
        "sort     -b, the first 10000",
    ]


def test_a_judge_names_what_it_says_and_what_it_is_told() -> None:
    (line,) = explain(plan("a=1 | businesshours calendar=office")).splitlines()[1:]
    assert line.startswith("ask      businesshours (office): local_time, local_zone, business_calendar, ")
    assert " by _time, userIdentity.type, userIdentity.arn" in line


def test_a_search_for_anything_says_so() -> None:
    assert explain(plan("*")) == "scan     everything"


def test_rows_are_named() -> None:
    assert explain(Rows("matched:0")) == "rows     matched:0"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('"a\\"b\\\\c"', r'"a\"b\\c"'),
        ("1.50", "1.5"),
        ("123456789012", "123456789012"),
        ("a - (b - c)", "a - (b - c)"),
        ("NOT (a=1 AND b=2)", "NOT ((a == 1) AND (b == 2))"),
        ("'a.b'", "'a.b'"),
    ],
)
def test_an_expression_is_shown_much_as_it_is_written(written: str, shown: str) -> None:
    assert text(expression(written)) == shown
