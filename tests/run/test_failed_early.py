"""A search that fails before it has told which records match says nothing about them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tocsin.config import Settings
from tocsin.content.library import load_library
from tocsin.diagnostics import UsageError
from tocsin.engine.duckdb import DuckDBEngine
from tocsin.plan.nodes import Node
from tocsin.risk.account import RunAccount
from tocsin.run import compile_text, execute
from tocsin.sinks.account_text import account_line
from tocsin.source import Composed, Source

TRAIL = Path(__file__).parents[2] / "examples/trail"
LIBRARY = load_library([])
SETTINGS = Settings(now=1.8e9, full_count=True)


def account(searches: Sequence[str]) -> RunAccount:
    compiled = [compile_text(Composed.whole(Source("<test>", each)), LIBRARY, SETTINGS) for each in searches]
    with execute(compiled, [str(TRAIL)], SETTINGS, LIBRARY) as run:
        assert run.account.adds_up()
        return run.account


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first search's records do not fit."""
    define = DuckDBEngine.define

    def out_of_memory(engine: DuckDBEngine, table: str, plan: Node, *, stored: bool) -> None:
        if table == "hits:0":
            raise UsageError("no memory")
        define(engine, table, plan, stored=stored)

    monkeypatch.setattr(DuckDBEngine, "define", out_of_memory)


@pytest.mark.usefixtures("failing")
def test_records_of_a_failed_search_are_not_judged() -> None:
    told = account(["eventName=Put* | stats count by user"])
    assert told.detections[0].failed == "no memory"
    assert (told.matched, told.not_matched) == (0, 0)
    assert told.not_judged > 0
    assert f"0 matched + 0 not matched + {told.not_judged:,} not judged + 0 duplicates" in account_line(told)


@pytest.mark.usefixtures("failing")
def test_what_another_search_matches_is_judged() -> None:
    told = account(["eventName=Put* | stats count", "eventName=PutImage | stats count"])
    assert told.matched == told.detections[1].matched > 0
    assert (told.not_matched, told.not_judged > 0) == (0, True)


def test_all_are_judged_where_none_fails() -> None:
    told = account(["eventName=PutImage | stats count"])
    assert told.not_judged == 0 < told.not_matched
    assert "not judged" not in account_line(told)
