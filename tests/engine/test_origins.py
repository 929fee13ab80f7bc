"""Result rows point back to their records."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.case import table
from tests.engine.plans import plan, records, run
from tocsin.engine.duckdb import DuckDBEngine
from tocsin.engine.protocol import Origin, RecordRef


@pytest.fixture(autouse=True, params=[0, 2_000], ids=["looked up", "listed"])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to the records: from many rows back through their groups, and in lists where they are few."""
    monkeypatch.setattr("tocsin.engine.duckdb.FEW", request.param)


def origins(engine: DuckDBEngine, spl: str) -> list[tuple[Any, ...]]:
    """For each row its first value, how many records, and the SEQ of the first."""
    found = []
    for row in run(engine, spl, origins=True):
        assert row.origin is not None
        found.append((row.values[0], row.origin.count, [ref.seq for ref in row.origin.first]))
    return found


def test_a_row_of_records_is_its_own_origin(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"a": "1", "time": 7.5, "id": "e0"}]))
    (row,) = run(engine, "* | eval b=2 | sort a | table b", origins=True)
    assert row.origin == Origin(1, (RecordRef(0, "e0"),), 7.5, 7.5)


def test_a_group_has_its_records_by_time(engine: DuckDBEngine) -> None:
    rows: list[dict[str, Any]] = [
        {"a": "x", "time": 9, "id": "e0"},
        {"a": "y", "time": 5},
        {"a": "x", "time": 3, "id": "e2"},
        {"b": "no key"},
    ]
    engine.append("t", records(rows))
    one, other = run(engine, "* | stats count by a", origins=True)
    assert one.origin == Origin(2, (RecordRef(2, "e2"), RecordRef(0, "e0")), 3, 9)
    assert other.origin == Origin(1, (RecordRef(1, None),), 5, 5)


def test_each_record_brings_its_time(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"a": "x", "time": 9, "id": "e0"}, {"a": "x", "time": 3.5, "id": "e1"}]))
    (grouped,), plain = run(engine, "* | stats count by a", origins=True), run(engine, "* | table a", origins=True)
    assert grouped.origin and [(each.event_id, each.time) for each in grouped.origin.first] == [("e1", 3.5), ("e0", 9)]
    assert [row.origin.first[0].time for row in plain if row.origin] == [9, 3.5]


def test_origins_survive_every_further_command(engine: DuckDBEngine) -> None:
    rows: list[dict[str, Any]] = [{"a": "x", "n": str(n % 3)} for n in range(6)]
    engine.append("t", records([*rows, {"a": "y", "n": "7"}]))
    spl = (
        "* | stats count values(n) as n by a | where count>1 | eval m=mvcount(n) | rename a as b | sort - count "
        "| mvexpand n | head 2 | table b n"
    )
    assert origins(engine, spl) == [("x", 6, [0, 1, 2, 3, 4, 5])] * 2


def test_stats_of_stats(engine: DuckDBEngine) -> None:
    engine.append(
        "t", records([{"a": "x", "b": "1"}, {"a": "x", "b": "2"}, {"a": "y", "b": "1"}, {"a": "x", "b": "1"}])
    )
    assert origins(engine, "* | stats count by a b | stats sum(count) as n by a") == [
        ("x", 3, [0, 1, 3]),
        ("y", 1, [2]),
    ]
    assert origins(engine, "* | stats count by a b | stats max(count) as n") == [("2", 4, [0, 1, 2, 3])]


def test_stats_of_stats_of_stats(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"a": "x", "b": str(n % 3), "c": str(n % 2), "time": -n} for n in range(6)]))
    search = "* | stats count by a b c | mvexpand b | stats values(c) as c by a b | stats count by a"
    assert origins(engine, search) == [("x", 6, [5, 4, 3, 2, 1, 0])]


def test_records_without_a_time_come_last(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"a": "x", "time": None}, {"a": "x", "time": 2}, {"a": "x", "time": None}]))
    assert origins(engine, "* | stats count by a") == [("x", 3, [1, 0, 2])]


def test_every_record_is_named_however_many_stand_behind_a_row(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"a": str(n % 2), "b": str(n % 3)} for n in range(500)]))
    for search in ("* | stats count by a", "* | stats count by a b | stats count by a"):
        assert sorted(engine.records(plan(engine, search, "t"))) == list(range(500))


def test_stats_without_keys(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"a": "x"}, {"a": "y"}]))
    assert origins(engine, "* | stats count") == [("2", 2, [0, 1])]


def test_stats_of_no_rows_has_no_records(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"a": "x"}]))
    (row,) = run(engine, "a=nothing | stats count", origins=True)
    assert row.origin == Origin(0, (), None, None)


def test_a_record_in_several_groups(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"a": ["x", "y"]}, {"a": ["y", "y"]}]))
    assert origins(engine, "* | stats count by a") == [("x", 1, [0]), ("y", 3, [0, 1])]


def test_the_first_hundred(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"a": str(n % 2), "time": 1000 - n} for n in range(500)]))
    found = origins(engine, "* | stats count by a")
    assert [(key, count, len(seqs), seqs[0]) for key, count, seqs in found] == [
        ("0", 250, 100, 498),
        ("1", 250, 100, 499),
    ]


def test_eventstats_leaves_origins_alone(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"a": "x"}, {"a": "x"}]))
    assert origins(engine, "* | eventstats count by a | table a") == [("x", 1, [1]), ("x", 1, [0])]


def test_rows_that_are_no_records_have_no_origin(engine: DuckDBEngine) -> None:
    engine.append("t", table([{"a": "x"}]))
    assert [row.origin for row in engine.run(_rows(), origins=True).rows] == [None]


def test_nothing_is_said_unless_asked(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"a": "x"}]))
    assert [row.origin for row in run(engine, "* | stats count by a")] == [None]


def _rows() -> Any:
    from tocsin.plan.nodes import Rows

    return Rows("t")
