"""Records that wait as Arrow has them: whatever comes when, the answers are those of tables."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.plans import records, values
from tocsin.cloudtrail.request import EVENT_ID, SEQ
from tocsin.engine.duckdb import DuckDBEngine
from tocsin.plan.nodes import Rows

VALUES = st.none() | st.sampled_from(["x", "y", "7", ""]) | st.lists(st.sampled_from(["x", "z"]), min_size=1)
ROWS = st.lists(st.dictionaries(st.sampled_from(["a", "A", "b"]), VALUES, max_size=3), max_size=4)
STEPS = st.lists(st.tuples(st.sampled_from(["t", "u"]), ROWS | st.sampled_from(["read", "forget"])), max_size=8)


def looked_at(engine: DuckDBEngine, steps: list[tuple[str, Any]]) -> list[Any]:
    """What an engine answers on the way, each table read at its end."""
    seen: list[Any] = []
    for number, (table, step) in enumerate([*steps, ("t", "read"), ("u", "read")]):
        if step == "forget":
            engine.forget(table)
        elif step == "read":
            seen.append((engine.count(Rows(table)), engine.distinct([table]), engine.distinct(["t", "u"])))
            seen.append({name: type.value for name, type in engine.present(table).items()})
            seen.append(values(engine, "* | table a A b", table))
        else:
            given = [{"c": "x", **row, "id": f"{place % 3}"} for place, row in enumerate(step)]
            if given and alike(given):
                engine.append(table, records(given, start=number * 10))
    return seen


def alike(rows: list[dict[str, Any]]) -> bool:
    """Arrow wants one type for a column."""
    return all(
        len({isinstance(row[name], list) for row in rows if row.get(name) is not None}) < 2 for name in ("a", "A", "b")
    )


@settings(max_examples=60, deadline=None)
@given(STEPS, st.sampled_from([0, 1000]))
def test_answers_do_not_depend_on_how_much_waits(steps: list[tuple[str, Any]], few: int) -> None:
    with (
        closing(DuckDBEngine(threads=1)) as waiting,
        closing(DuckDBEngine(threads=1, waiting=few)) as stored,
    ):
        assert looked_at(waiting, steps) == looked_at(stored, steps)


@pytest.mark.parametrize("waiting", [0, 1 << 20])
def test_a_view_over_what_waited_sees_what_came_later(waiting: int) -> None:
    with closing(DuckDBEngine(threads=1, waiting=waiting)) as engine:
        engine.append("t", records([{"a": "1"}]))
        engine.define("again", Rows("t"), stored=False)
        assert values(engine, "* | table a", "again") == [("1",)]
        rows = 20_000
        columns = {SEQ: pa.array(range(1, rows + 1)), EVENT_ID: pa.array([f"{n:040}" for n in range(rows)])}
        engine.append("t", pa.table({**columns, "a": pa.array(["2"] * rows)}))
        assert engine.count(Rows("t")) == rows + 1
        assert engine.count(Rows("again")) == rows + 1


@pytest.mark.parametrize(("limit", "most"), [("64MB", 16e6), ("8MB", 2e6), ("900GB", 512 << 20)])
def test_no_more_waits_than_a_quarter_of_the_limit(limit: str, most: float) -> None:
    with closing(DuckDBEngine(limit, threads=1)) as engine:
        assert engine._tables.waiting.most == pytest.approx(most, rel=0.01)
