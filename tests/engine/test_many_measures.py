"""Measures of many fields at once: the same answers as of a few, by a way that ends."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.plans import plan, records, values
from tocsin.engine.duckdb import DuckDBEngine
from tocsin.engine.sql.nodes import groups
from tocsin.plan.functions import MEASURES

KINDS = ("one", "several", "sparse", "digits", "twice", "odd")
NAMED = sorted({*MEASURES, "perc95"} - {"perc"})


def _rows() -> list[dict[str, Any]]:
    """Several records of a time, missing values, lists, more values than a list shows, and our own separators."""
    return [
        {
            "time": at // 3,
            "when": str(at // 3) if at % 10 else None,
            "k": "b" if at % 5 else "a",
            "one": f"v{at % 7}",
            "several": [f"w{at % 4}", "w0"] if at % 3 else None,
            "sparse": "here" if at == 77 else None,
            "digits": str(at % 11) if at % 2 else "none",
            "twice": "1" if at % 4 < 2 else "2",
            "odd": ["", "a\x1fb", "a\x1e", "\x1es"][at % 4],
        }
        for at in range(300)
    ]


@pytest.mark.parametrize("function", NAMED)
def test_many_give_what_a_few_give(engine: DuckDBEngine, function: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.append("t", records(_rows()))
    measures = " ".join(f"{function}({kind}) as {kind}" for kind in KINDS)
    for keys in ("", " by k"):
        search = f"* | eval _time=when | stats {measures}{keys}"
        for few in (0, 2_000):
            with monkeypatch.context() as patched:
                patched.setattr("tocsin.engine.duckdb.FEW", few)
                some = values(engine, search)
                patched.setattr(groups, "_MANY", 0)
                assert values(engine, search) == some, (keys, few)
                assert any(value is not None for row in some for value in row)


@pytest.mark.parametrize("function", NAMED)
def test_the_work_grows_with_the_measures_and_not_with_their_square(engine: DuckDBEngine, function: str) -> None:
    """A FILTER makes room for all columns; a window for each column sorts all rows."""
    wide = {f"f{at}": ["1", "2"] if at % 2 else str(at) for at in range(40)}
    engine.append("t", records([{"k": "a", "when": "1", **wide}, {"k": "b"}]))
    sql = engine.explain(plan(engine, f"* | eval _time=when | stats {function}(f*) as f* by k", "t"))
    assert "FILTER" not in sql
    assert sql.count(" OVER ") < 6
    assert sql.count("SPL_FINITE(") <= 40


@pytest.mark.parametrize("function", ["first", "last", "earliest", "latest", "list", "mode"])
def test_hundreds_of_fields_end(engine: DuckDBEngine, function: str) -> None:
    """A few hundred fields, each in few rows, as wildcards over real records have them."""
    engine.append(
        "t", records([{"when": "1", "k": f"k{at:03}", f"f{at}": "x", f"g{at}": ["y", "z"]} for at in range(200)])
    )
    found = values(engine, f"* | eval _time=when | stats {function}(*) as * by k")
    assert len(found) == 200
    assert all("x" in row for row in found)


def test_a_list_of_many_fields_shows_the_first_hundred(engine: DuckDBEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "_MANY", 0)
    rows = [{"one": f"v{at}" if at % 2 else None, "several": [f"a{at}", f"b{at}"]} for at in range(300)]
    engine.append("t", records(rows))
    ((one, several),) = values(engine, "* | stats list(one) list(several)")
    assert one == tuple(f"v{at}" for at in range(299, 99, -2))
    assert several == tuple(f"{each}{at}" for at in range(299, 249, -1) for each in "ab")


@pytest.mark.parametrize("rest", ["fillnull value=x", "rename f* as g*"])
def test_thousands_of_fields_are_asked_about_at_once(engine: DuckDBEngine, rest: str) -> None:
    """Whether any row that is left has a value: in a subquery for each, two thousand are more than the engine takes."""
    wide = {f"f{at}": str(at) for at in range(1_200)}
    engine.append("t", records([{"k": "a", **wide}, {"k": "b", "g7": "old", "f8": "8"}]))
    found = plan(engine, f'* | where k="b" | {rest}', "t")
    assert engine.explain(found).count("COUNT(") <= 1_203
    shown = [
        dict(zip(result.columns, row.values, strict=True))
        for result in [engine.run(found, origins=False)]
        for row in result.rows
    ]
    assert [{name: value for name, value in row.items() if value} for row in shown] == [
        {"k": "b", "g7": "old", "f8": "8"} if "fillnull" in rest else {"k": "b", "g7": "old", "g8": "8"}
    ]
