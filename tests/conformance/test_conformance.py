"""What SPL means, as data: every case runs on every engine.

`commands/<command>.yaml` and `functions/<family>.yaml` are lists of cases:

- `name`: a sentence; unique in its file
- `spl`: a search; its first command reads the rows of `input` instead of records
- `input`: rows, the first is the newest event. Values are text (numbers become text as written), lists are
  multivalue fields, null or absence is a missing field. `_time` is a number of epoch seconds.
- `output`: the rows that must come out, in this order, without missing fields
- `any_order: true`: in any order
- `columns`: the columns of the result in order, if that matters
- `lookups`: tables by name, rows of text
- `matching`: how all of them match, as in transforms.conf: {match_types: [[column, WILDCARD]], ...}
- `now`, `timezone`: the searcher's; otherwise 1700000000 (2023-11-14T22:13:20Z) and UTC
- `hours`: the text of a calendar file
- `profile`: people with a profile, as `tests/conformance/case.py` makes it
- `refused`: the name of the diagnostic with which the search must be refused, instead of `output`
- `splunk`: where the expected value comes from. "§4.3" is a section of the project's notes on Splunk,
  "doc: ..." a page of Splunk's documentation, "chosen: ..." our own choice where Splunk's is not known.
- `gaps`: {engine: reason}, a case that this engine fails; it must fail, or the gap is gone and the line goes too
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any

import pyarrow as pa
import pytest

from tests.conformance.case import Case, cases, hours, lookup_table, packed_table, profiles, table
from tocsin.config import Settings
from tocsin.diagnostics import CompileError
from tocsin.engine.duckdb import DuckDBEngine
from tocsin.engine.protocol import Engine, Result
from tocsin.engine.sql.nodes import groups
from tocsin.plan.lower import Context, lower
from tocsin.plan.nodes import Filter, Node, Rows, Scan, chain, over
from tocsin.plan.resolve import resolve
from tocsin.run.judges import Answered, judges
from tocsin.source import Composed, Source
from tocsin.spl.parser import parse

CASES = list(cases())
Made = Callable[[Sequence[Mapping[str, Any]]], pa.Table]


@pytest.fixture(scope="module")
def shared() -> Iterator[Engine]:
    with closing(DuckDBEngine(threads=1)) as opened:
        yield opened


@pytest.fixture
def engine(case: Case, shared: Engine) -> Iterator[Engine]:
    """One for all cases; lookups go by their names, so a case that has some gets an engine to itself."""
    if not case.lookups:
        yield shared
        return
    with closing(DuckDBEngine(threads=1)) as own:
        yield own


@pytest.mark.parametrize("made", [table, packed_table])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(
    case: Case, made: Made, engine: Engine, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over columns, and over what a wildcard asks for, which has none: then measures count as many, too."""
    if made is packed_table:
        monkeypatch.setattr(groups, "_MANY", 0)
    if "duckdb" in case.gaps:
        request.applymarker(pytest.mark.xfail(reason=case.gaps["duckdb"], strict=True))
    if case.refused:
        with pytest.raises(CompileError) as refusal:
            _run(case, made, engine)
        assert case.refused in {each.name for each in refusal.value.diagnostics}
        assert all(each.span is not None for each in refusal.value.diagnostics)
        return
    result = _run(case, made, engine)
    found = [_shown(result.columns, row.values) for row in result.rows]
    assert _sorted(case, found) == _sorted(case, case.output)
    if case.columns is not None:
        assert list(result.columns) == case.columns


def test_names_are_unique() -> None:
    assert [name for name, count in Counter(case.id for case in CASES).items() if count > 1] == []


def _run(case: Case, made: Made, engine: Engine) -> Result:
    name = f"{case.id} {made.__name__}"
    engine.append(name, made(case.input))
    for lookup, rows in case.lookups.items():
        engine.append_lookup(lookup, lookup_table(lookup, rows, case.matching))
    columns = {lookup: tuple(rows[0]) for lookup, rows in case.lookups.items()}
    parsed = parse(Composed.whole(Source("<case>", case.spl)))
    settings = Settings(case.now, hours=hours(case), profiles=profiles(case))
    calendars = settings.hours.names if settings.hours else None
    context = Context(case.now, case.timezone, columns, calendars, settings.profiles is not None)
    lowered = lower(parsed.pipeline, context)
    plan = resolve(_over_rows(lowered.plan, name), engine.present(name))
    answered = Answered(engine, name, judges(settings), origins=False)
    return engine.run(answered.plan(plan), origins=False)


def _over_rows(plan: Node, name: str) -> Node:
    leaf, *rest = chain(plan)
    node: Node = Filter(Rows(name), leaf.condition) if isinstance(leaf, Scan) else Rows(name)
    for each in rest:
        node = over(each, node)
    return node


def _shown(columns: tuple[str, ...], values: tuple[Any, ...]) -> dict[str, Any]:
    shown = zip(columns, values, strict=True)
    return {name: list(each) if isinstance(each, tuple) else each for name, each in shown if each is not None}


def _sorted(case: Case, rows: list[Any]) -> list[Any]:
    return sorted(rows, key=repr) if case.any_order else rows
