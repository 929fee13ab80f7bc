from __future__ import annotations

from collections import Counter

import pytest
from msgspec.structs import replace

from tests.sinks.made import finding
from tocsin.risk.finding import Finding
from tocsin.sinks.html import limits
from tocsin.sinks.html.sums import Tallies, sums


def tallies(*findings: Finding) -> Tallies:
    found = Tallies()
    for each in findings:
        found.add(each)
    return found


def test_sums_are_largest_first_then_by_name() -> None:
    found = tallies(finding("bob"), finding("ann", score=70), finding("maya"), finding("maya", repository="data/etl"))
    people = sums(found.people, found.nobody, Counter({"maya": 4, "ann": 1}), None)
    assert [(each.name, each.findings, each.records, each.score, each.others) for each in people.lines] == [
        ("maya", 2, 4, 49, 2),
        ("ann", 1, 1, 70, 1),
        ("bob", 1, 0, 49, 1),
    ]
    assert [each.share for each in people.lines] == [100, 25, 0]
    assert not people.known
    repositories = sums(found.repositories, 0, Counter(), None).lines
    assert [(each.name, each.findings, each.others) for each in repositories] == [
        ("web/shop", 3, 3),
        ("data/etl", 1, 1),
    ]


def test_pushes_are_the_whole_of_the_bar() -> None:
    found = tallies(finding("ann"), finding("bob"))
    people = sums(found.people, 0, Counter({"ann": 2, "bob": 1}), Counter({"ann": 10, "eve": 90}))
    assert [(each.pushes, each.share, each.whole) for each in people.lines] == [(10, 20, 100), (None, 10, 10)]
    assert people.known


def test_long_tables_are_cut_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    found = tallies(*(finding(f"p{number:03}") for number in range(limits.LINES + 7)))
    people = sums(found.people, 0, Counter(), None)
    assert (len(people.lines), people.more) == (limits.LINES, 7)
    monkeypatch.setattr(limits, "NAMES", 3)
    held = tallies(*(finding(f"p{number}") for number in range(9)))
    assert (len(held.people), held.beyond) == (3, 6)


def test_findings_that_name_nobody_are_counted() -> None:
    nobody = replace(finding(), objects=(), result={})
    found = tallies(nobody)
    assert (found.nobody, found.nothing, sums(found.people, found.nobody, Counter(), None).unnamed) == (1, 1, 1)
