from __future__ import annotations

from dataclasses import replace

from tests.sinks.made import finding
from tocsin.sinks.html.model import mark
from tocsin.sinks.html.sums import MOST, per_person, per_repository

MARK = mark(finding(), "UTC")


def test_sums_are_largest_first_then_by_name() -> None:
    marks = [replace(MARK, people=("bob",)), replace(MARK, people=("ann",), score=70), MARK, MARK]
    lines = per_person(marks).lines
    assert [(each.name, each.findings, each.share, each.score) for each in lines] == [
        ("maya", 2, 100, 49),
        ("ann", 1, 50, 70),
        ("bob", 1, 50, 49),
    ]
    assert [(each.name, each.findings, each.others) for each in per_repository(marks).lines] == [("web/shop", 4, 3)]


def test_long_tables_are_cut_and_say_so() -> None:
    people = per_person([replace(MARK, people=(f"p{number}",)) for number in range(MOST + 7)])
    assert (len(people.lines), people.more) == (MOST, 7)


def test_findings_that_name_nobody_are_counted() -> None:
    nobody = per_person([replace(MARK, people=())])
    assert (nobody.lines, nobody.unnamed) == ((), 1)
