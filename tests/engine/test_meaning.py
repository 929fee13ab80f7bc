"""Functions of the engine against plain Python, on many values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.engine.duckdb import DuckDBEngine
from tocsin.plan.expr import Apply, Column, Constant, Expr
from tocsin.plan.moments import BadMomentError, apply_steps, parse_steps
from tocsin.plan.nodes import Extend, Rows, Select

MANY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
LETTERS = st.text(alphabet="aAkKiI\u212a\u0130%_\\*.x\n", max_size=6)
NUMBERS = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
STEPS = [
    "-1d",
    "@d",
    "-1d@d",
    "@w0",
    "@w3",
    "-1mon@mon",
    "@q",
    "@y",
    "-7h",
    "@h",
    "+15m@m",
    "-1w@w1",
    "-3mon",
    "@mon-1d",
]
counter = iter(range(10**9))


def compute(engine: DuckDBEngine, values: Sequence[Any], expr: Expr) -> list[Any]:
    name = f"t{next(counter)}"
    engine.append(name, pa.table({"a": pa.array(values)}))
    rows = engine.run(Select(Extend(Rows(name), (("r", expr),)), ("r",)), origins=False).rows
    return [row.values[0] for row in rows]


def ascii_fold(text: str) -> str:
    return "".join(each.lower() if each.isascii() else each for each in text)


@MANY
@given(pattern=LETTERS, values=st.lists(LETTERS, min_size=1, max_size=20))
def test_search_equal_is_ascii_case_and_star(engine: DuckDBEngine, pattern: str, values: list[str]) -> None:
    wanted = re.compile(".*".join(re.escape(part) for part in ascii_fold(pattern).split("*")), re.DOTALL)
    expected = [str(bool(wanted.fullmatch(ascii_fold(value)))) for value in values]
    assert compute(engine, values, Apply("search_equal", (Column("a"), Constant(pattern)))) == expected


@MANY
@given(values=st.lists(st.text(alphabet="0123456789.+-eExX_ \ninfa", max_size=7), min_size=1, max_size=30))
def test_isnum_takes_plain_numbers_only(engine: DuckDBEngine, values: list[str]) -> None:
    expected = [str(bool(NUMBERS.fullmatch(value)) and abs(float(value)) < float("inf")) for value in values]
    assert compute(engine, values, Apply("isnum", (Column("a"),))) == expected


@MANY
@given(value=st.text(max_size=5), other=st.text(max_size=5))
def test_constants_and_columns_agree(engine: DuckDBEngine, value: str, other: str) -> None:
    for function in ("equal", "less", "greater_equal"):
        as_constants = compute(engine, [value], Apply(function, (Column("a"), Constant(other))))
        name = f"t{next(counter)}"
        engine.append(name, pa.table({"a": pa.array([value]), "b": pa.array([other])}))
        expr = Apply(function, (Column("a"), Column("b")))
        rows = engine.run(Select(Extend(Rows(name), (("r", expr),)), ("r",)), origins=False).rows
        assert as_constants == [row.values[0] for row in rows]


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"])
@pytest.mark.parametrize("spec", STEPS)
def test_relative_time_is_what_moments_are(engine: DuckDBEngine, zone: str, spec: str) -> None:
    """One grammar for options and for searches."""
    times = [float(1_600_000_000 + step * 86_400 * 5.37) for step in range(-40, 120)]
    found = compute(engine, times, Apply("relative_time", (Column("a"), Constant(spec), Constant(zone))))
    expected: list[str] = []
    for time in times:
        try:
            expected.append(f"{apply_steps(time, parse_steps(spec), zone):.15g}")
        except BadMomentError:
            expected.append("")
    assert [f"{float(each):.15g}" for each in found] == expected
