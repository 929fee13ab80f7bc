"""The engine as a whole: closed to the machine, bounded, tidy."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conformance.case import table
from tests.engine.plans import plan, records, run, values
from tocsin.diagnostics import CompileError, UsageError
from tocsin.engine.duckdb import DuckDBEngine
from tocsin.engine.sql.functions import BODIES
from tocsin.engine.sql.measures import measure_body
from tocsin.plan.expr import Apply, Column, Constant
from tocsin.plan.functions import FUNCTIONS, MEASURES
from tocsin.plan.nodes import Aggregate, Extend, Measure, Rows, chain


def test_every_declared_function_has_a_body_and_no_other() -> None:
    assert set(BODIES) == set(FUNCTIONS)


def test_every_declared_measure_has_a_body() -> None:
    assert [name for name in MEASURES if measure_body("perc50" if name == "perc" else name) is None] == []


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM glob('/*')",
        "COPY (SELECT 1) TO 'out.csv'",
        "ATTACH 'x.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET temp_directory = '/var/tmp'",
    ],
)
def test_sql_reaches_nothing_outside(
    engine: DuckDBEngine, statement: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(duckdb.Error):
        engine._session.connection.execute(statement).fetchall()
    assert list(tmp_path.iterdir()) == []


def test_variables_of_the_program_are_no_tables(engine: DuckDBEngine) -> None:
    secret = table([{"a": "x"}])
    with pytest.raises(duckdb.Error):
        engine._session.connection.execute("SELECT * FROM secret").fetchall()
    del secret


def test_close_removes_its_folder(tmp_path: Path) -> None:
    opened = DuckDBEngine(temp_directory=str(tmp_path))
    assert len(list(tmp_path.iterdir())) == 1
    opened.close()
    assert list(tmp_path.iterdir()) == []


def test_more_rows_than_memory_go_to_disk(tmp_path: Path) -> None:
    with closing(DuckDBEngine(memory_limit="60MB", temp_directory=str(tmp_path), threads=1)) as engine:
        for start in range(0, 60_000, 5_000):
            rows = [
                {"a": f"{n:>040}", "b": f"{n * 7 % 60_000:>0300}", "id": f"id{n}"} for n in range(start, start + 5_000)
            ]
            engine.append("t", records(rows, start))
        assert engine.keep_first("t", "kept") == 0
        found = engine.run(plan(engine, "* | sort 0 b | table b", "kept"), origins=False)
        previous, count = "", 0
        for row in found.rows:
            assert isinstance(row.values[0], str)
            assert row.values[0] > previous
            previous, count = row.values[0], count + 1
        assert count == 60_000


def test_too_little_memory_is_said_in_one_line(tmp_path: Path) -> None:
    with closing(DuckDBEngine(memory_limit="30MB", temp_directory=str(tmp_path), threads=1)) as engine:
        engine.append("t", records([{"a": str(n), "k": "x" * 200} for n in range(100_000)]))
        with pytest.raises(UsageError, match="needs more memory") as problem:
            run(engine, "* | eval long=a.k.k.k.k.k | stats values(long) as v")
        assert "\n" not in str(problem.value)


def test_a_bad_memory_limit_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="DuckDB does not start"):
        DuckDBEngine(memory_limit="plenty")


def test_two_results_may_be_read_side_by_side(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"n": str(n)} for n in range(10_000)]))
    one = engine.run(plan(engine, "* | table n", "t"), origins=False).rows
    other = engine.run(plan(engine, "* | stats count", "t"), origins=False).rows
    assert next(one).values == ("9999",)
    assert next(other).values == ("10000",)
    assert engine.count(Rows("t")) == 10_000
    assert next(one).values == ("9998",)


def test_explain_is_the_sql_and_runs_nothing(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"user": "x"}]))
    text = engine.explain(plan(engine, "user=x | stats count by user", "t"))
    assert text.startswith("WITH ")
    assert '"user" = ' not in text.split("GROUP BY")[1]
    assert len(text.splitlines()) > 10


@pytest.mark.parametrize(
    "text", ["'", "''; DROP TABLE x; --", "\\", "%_", "\u0000", '"', "$1", "{}", "🙂", "\n", "--", "/*", "`"]
)
def test_data_in_a_search_stays_data(engine: DuckDBEngine, text: str) -> None:
    engine.append("t", table([{"a": text}, {"a": "other"}]))
    wanted = Constant(text)
    same = Extend(
        Rows("t"),
        (
            ("s", Apply("search_equal", (Column("a"), wanted))),
            ("e", Apply("equal", (Column("a"), wanted))),
            ("c", Apply("concat", (wanted, Column("a")))),
        ),
    )
    found = [row.values for row in engine.run(same, origins=False).rows]
    assert found == [(text, "True", "True", text + text), ("other", "False", "False", text + "other")]


def test_a_function_without_body_is_refused_at_its_place(engine: DuckDBEngine) -> None:
    engine.append("t", table([{"a": "1"}]))
    with pytest.raises(CompileError) as refusal:
        engine.run(Extend(Rows("t"), (("b", Apply("frobnicate", (Column("a"),))),)), origins=False)
    assert [each.name for each in refusal.value.diagnostics] == ["unsupported-function"]


def test_a_measure_without_body_is_refused(engine: DuckDBEngine) -> None:
    engine.append("t", table([{"a": "1"}]))
    with pytest.raises(CompileError) as refusal:
        engine.run(Aggregate(Rows("t"), (), (Measure("frob", Column("a"), "x"),)), origins=False)
    assert [each.name for each in refusal.value.diagnostics] == ["unsupported-function"]


def test_deep_expressions_stay_small(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"a": "1", "b": "x"}]))
    deep = "+".join(["a"] * 60)
    nested = "if(a<b," * 40 + "a" + ",b)" * 40
    found = plan(engine, f"* | eval r={deep}, s={nested} | table r s", "t")
    assert len(engine.explain(found)) < 200_000
    assert values(engine, f"* | eval r={deep}, s={nested} | table r s") == [("60", "1")]


def test_a_wide_or_is_no_deep_tree(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"a": "v1500"}]))
    condition = " OR ".join(f"a=v{n}" for n in range(2000))
    assert len(run(engine, condition)) == 1


def test_the_chain_of_a_plan_begins_with_rows(engine: DuckDBEngine) -> None:
    engine.append("t", records([{"a": "1"}]))
    assert chain(plan(engine, "* | head 1", "t"))[0] == Rows("t")


@pytest.mark.parametrize("few", [0, 2_000], ids=["by hash tables", "of lists"])
def test_distinct_values_are_the_same_however_many_rows_there_are(
    engine: DuckDBEngine, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tocsin.engine.duckdb.FEW", few)
    rows: list[dict[str, Any]] = [
        {"k": "a", "one": "x", "several": ["q", "p"], "none": None},
        {"k": "a", "one": "X", "several": ["p"], "none": None},
        {"k": "a", "one": "x", "several": None, "none": None},
        {"k": "b", "one": None, "several": None, "none": None},
        {"k": "b", "one": "9", "several": ["q", "q"], "none": "z"},
    ]
    engine.append("t", records(rows))
    search = "* | stats values(one) values(several) values(none) dc(several) min(several) by k"
    assert values(engine, search) == [
        ("a", ("X", "x"), ("p", "q"), None, "2", "p"),
        ("b", "9", "q", "z", "1", "q"),
    ]
    many = "* | mvexpand several | stats values(one) as one by several | stats values(one)"
    assert values(engine, many) == [(("9", "X", "x"),)]
