"""Any expression that the plan can name runs, or is refused: the database never fails over odd values."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.diagnostics import CompileError
from tocsin.engine.duckdb import DuckDBEngine
from tocsin.plan.expr import Apply, Column, Constant, Expr
from tocsin.plan.functions import FUNCTIONS, MEASURES
from tocsin.plan.nodes import Aggregate, Extend, Measure, Node, Order, Rows, Select, Sort, Window

WORDS = """
a Z 0 -1 1e300 1e-300 99999999999999999999 0x1F inf 10.0.0.1 ::1 10.0.0.0/8 2021-08-11T00:03:03Z %Y-%m-%d -1d@d UTC
Europe/Berlin ( (a)(?P<x>b)? [a % \\ \\1 {"a":[1,{"b":null}]} a{}.b \u212a - + 1,000 10k 1+00:00:01 hex commas duration
"""
TEXTS = ["", "\u0000", "x" * 300, *WORDS.split()]
NUMBERS = [0.0, -0.0, 1.0, -1.5, 2.0, 16.0, 1e9, -1e9, 1e15, 1.7e9, 1e18, -1e18, 1e300, -1e300, 1e-300, 253402300800.0]
COLUMNS = ["text", "number", "multi", "missing", "nowhere", "flag"]
DEEP = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))

constants = st.sampled_from([*TEXTS, *NUMBERS, True, False, None]).map(Constant)
leaves: st.SearchStrategy[Expr] = st.one_of(constants, st.sampled_from(COLUMNS).map(Column))


@st.composite
def applied(draw: st.DrawFn, inner: st.SearchStrategy[Expr]) -> Expr:
    function = FUNCTIONS[draw(st.sampled_from(sorted(FUNCTIONS)))]
    most = function.least + 2 if function.most is None else function.most
    count = draw(st.integers(function.least, most))
    args = [draw(constants if place in function.constants else inner) for place in range(count)]
    return Apply(function.name, tuple(args))


expressions = st.recursive(leaves, applied, max_leaves=8)


pytestmark = pytest.mark.property


@pytest.fixture(scope="module")
def shared() -> Iterator[DuckDBEngine]:
    with closing(DuckDBEngine(threads=1)) as engine:
        texts = [*TEXTS, None]
        columns = {
            "text": pa.array(texts),
            "number": pa.array([NUMBERS[n % len(NUMBERS)] if n % 5 else None for n in range(len(texts))]),
            "multi": pa.array([TEXTS[n : n + n % 4] for n in range(len(texts))], pa.list_(pa.string())),
            "missing": pa.array([None] * len(texts), pa.string()),
            "flag": pa.array([[True, False, None][n % 3] for n in range(len(texts))]),
        }
        engine.append("t", pa.table(columns))
        yield engine


def runs(engine: DuckDBEngine, plan: Node) -> int:
    """How many rows there are; -1 for a plan that is refused."""
    try:
        return sum(1 for _ in engine.run(plan, origins=False).rows)
    except CompileError as refusal:
        assert refusal.diagnostics
        return -1


@DEEP
@given(expr=expressions)
def test_an_expression_runs_or_is_refused(shared: DuckDBEngine, expr: Expr) -> None:
    assert runs(shared, Select(Extend(Rows("t"), (("r", expr),)), ("r",))) in (-1, len(TEXTS) + 1)


@DEEP
@given(
    expr=leaves | applied(leaves),
    function=st.sampled_from([*sorted(set(MEASURES) - {"perc"}), "perc95"]),
    key=st.sampled_from(COLUMNS),
)
def test_a_measure_runs_or_is_refused(shared: DuckDBEngine, expr: Expr, function: str, key: str) -> None:
    measures = (Measure(function, expr, "m"),)
    assert runs(shared, Aggregate(Rows("t"), (key,), measures)) >= -1
    assert runs(shared, Window(Rows("t"), (key,), measures)) in (-1, len(TEXTS) + 1)


@DEEP
@given(expr=leaves | applied(leaves), mode=st.sampled_from(["auto", "num", "str", "ip"]), descending=st.booleans())
def test_any_column_can_be_sorted(shared: DuckDBEngine, expr: Expr, mode: str, descending: bool) -> None:
    made = Extend(Rows("t"), (("r", expr),))
    assert runs(shared, Sort(made, (Order("r", descending, mode),))) in (-1, len(TEXTS) + 1)
