"""A plan whose judges are asked between its parts gives the rows, the order and the records that one part would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from tests.engine.plans import records
from tocsin.cloudtrail.request import TIME
from tocsin.engine import asking
from tocsin.engine.duckdb import DuckDBEngine
from tocsin.engine.protocol import Origin, RecordRef, Row, Told
from tocsin.plan.expr import Column
from tocsin.plan.lower import Context, lower
from tocsin.plan.nodes import Extend, Filter, Judge, Node, Rows, Scan, chain, over
from tocsin.plan.resolve import resolve
from tocsin.run.judges import Answered, unasked
from tocsin.source import Composed, Source
from tocsin.spl.parser import parse


class Clerk:
    """A judge for tests: open for those whose name begins with `o`; it remembers what it was asked."""

    def __init__(self) -> None:
        self.batches: list[int] = []

    def __call__(self, told: Told) -> dict[str, list[Any]]:
        self.batches.append(len(told["user"]))
        state = ["open" if str(each).startswith("o") else "closed" for each in told["user"]]
        times = [None if at is None else f"at {float(at):.0f}" for at in told["time"]]
        empty = [None] * len(state)
        return {"state": state, "local_time": times, "zone": empty, "calendar": empty, "reason": state, "rule": empty}


@pytest.fixture
def engine() -> Iterator[DuckDBEngine]:
    with closing(DuckDBEngine(threads=2)) as opened:
        yield opened


@pytest.fixture
def clerk() -> Clerk:
    return Clerk()


def plan(engine: DuckDBEngine, spl: str) -> Node:
    spl = spl.replace("|", "| eval user=user |", 1)  # the judge asks for a field that a command made
    lowered = lower(parse(Composed.whole(Source("<test>", spl))).pipeline, Context(0.0, calendars=("a", "b"))).plan
    leaf, *rest = chain(lowered)
    assert isinstance(leaf, Scan)
    engine.define("timed", Extend(Rows("t"), (("_time", Column(TIME)),)), stored=False)
    node: Node = Filter(Rows("timed"), leaf.condition)
    for each in rest:
        node = over(each, node)
    return resolve(node, engine.present("timed"))


def run(engine: DuckDBEngine, clerk: Clerk, spl: str) -> list[Row]:
    answered = Answered(engine, "test", {"businesshours": lambda _: clerk}, origins=True)
    return list(engine.run(answered.plan(plan(engine, spl)), origins=True).rows)


def shown(rows: list[Row]) -> list[tuple[Any, ...]]:
    return [(*row.values, row.origin and [ref.seq for ref in row.origin.first]) for row in rows]


def test_rows_keep_their_order_and_their_records(engine: DuckDBEngine, clerk: Clerk) -> None:
    engine.append("t", records([{"user": "olga", "id": "e0"}, {"user": "carl"}, {"user": "otto"}]))
    rows = run(engine, clerk, "* | businesshours | table user business_hours local_time")
    assert shown(rows) == [
        ("otto", "open", "at 2", [2]),
        ("carl", "closed", "at 1", [1]),
        ("olga", "open", "at 0", [0]),
    ]
    assert rows[2].origin == Origin(1, (RecordRef(0, "e0"),), 0, 0)


def test_sorted_rows_stay_sorted(engine: DuckDBEngine, clerk: Clerk) -> None:
    engine.append("t", records([{"user": f"o{n}", "n": str(n * 7 % 5)} for n in range(5)]))
    found = shown(run(engine, clerk, "* | sort n | businesshours | table n"))
    assert [row[0] for row in found] == ["0", "1", "2", "3", "4"]


def test_groups_after_the_judge_have_their_records(engine: DuckDBEngine, clerk: Clerk) -> None:
    engine.append("t", records([{"user": "olga"}, {"user": "carl"}, {"user": "otto"}]))
    found = run(engine, clerk, "* | businesshours | stats count by business_hours")
    assert shown(found) == [("closed", "1", [1]), ("open", "2", [0, 2])]


def test_groups_before_the_judge_keep_their_records(engine: DuckDBEngine, clerk: Clerk) -> None:
    rows = [{"user": f"{'oc'[n % 2]}{n % 3}"} for n in range(12)]
    engine.append("t", records(rows))
    found = run(engine, clerk, '* | stats count by user | businesshours | where business_hours="open" | table user')
    assert shown(found) == [("o0", [0, 6]), ("o1", [4, 10]), ("o2", [2, 8])]


def test_groups_of_judged_groups_have_the_records_of_all(engine: DuckDBEngine, clerk: Clerk) -> None:
    rows = [{"user": f"{'oc'[n % 2]}{n % 3}", "id": f"e{n}"} for n in range(12)]
    engine.append("t", records(rows))
    spl = "* | stats count by user | businesshours | stats sum(count) as n by business_hours | businesshours prefix=x"
    found = run(engine, clerk, f"{spl} | eval m=n | stats max(m) as m")
    assert shown(found) == [("6", list(range(12)))]
    assert found[0].origin is not None
    assert found[0].origin.count == 12
    assert found[0].origin.first[3] == RecordRef(3, "e3")


def test_a_record_in_several_judged_groups_is_listed_once(engine: DuckDBEngine, clerk: Clerk) -> None:
    engine.append("t", records([{"user": ["oa", "ob"]}, {"user": "oc"}]))
    (row,) = run(engine, clerk, "* | stats count by user | businesshours | stats count")
    assert row.origin is not None
    assert [ref.seq for ref in row.origin.first] == [0, 1]


def test_rows_are_asked_about_in_batches_and_a_judge_once(
    engine: DuckDBEngine, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "BATCH", 10)
    engine.append("t", records([{"user": f"o{n}"} for n in range(25)]))
    whole = plan(engine, '* | businesshours | where business_hours="open" | stats count')
    answered = Answered(engine, "test", {"businesshours": lambda _: clerk}, origins=False)
    before = next(node for node in chain(whole) if isinstance(node, Judge))
    assert engine.count(answered.plan(before)) == 25
    assert [row.values for row in engine.run(answered.plan(whole), origins=False).rows] == [("25",)]
    assert max(clerk.batches) <= 10
    assert sum(clerk.batches) == 25


def test_no_rows_are_no_reason_to_fail(engine: DuckDBEngine, clerk: Clerk) -> None:
    engine.append("t", records([{"user": "olga"}]))
    assert run(engine, clerk, "user=nobody | businesshours | table user business_hours") == []


def test_names_that_differ_in_case_stay_apart(engine: DuckDBEngine, clerk: Clerk) -> None:
    engine.append("t", records([{"user": "olga", "Business_Hours": "mine"}]))
    found = run(engine, clerk, "* | businesshours | table Business_Hours business_hours")
    assert found[0].values == ("mine", "open")


def test_every_record_behind_rows(engine: DuckDBEngine, clerk: Clerk) -> None:
    engine.append("t", records([{"user": f"{'oc'[n % 2]}{n % 3}"} for n in range(300)]))

    def seqs(spl: str) -> list[int]:
        answered = Answered(engine, spl, {"businesshours": lambda _: clerk}, origins=True)
        return sorted(engine.records(answered.plan(plan(engine, spl))))

    assert seqs("user=o* | businesshours") == list(range(0, 300, 2))
    assert seqs('* | businesshours | where business_hours="open" | stats count by local_zone user') == []
    assert seqs('* | businesshours | where business_hours="open" | stats count by user') == list(range(0, 300, 2))
    assert seqs("* | stats count by user | businesshours | head 1") == list(range(3, 300, 6))
    assert len(seqs("* | stats count | businesshours")) == 100  # a judged group brings the first hundred
    assert engine.records(Rows("t"))


def test_a_plan_can_be_looked_at_without_asking(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"user": "olga"}]))
    text = engine.explain(unasked(plan(engine, "* | businesshours | stats count by business_hours")))
    assert "business_hours" in text
