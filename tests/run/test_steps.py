"""What `explain` shows is what a run has the engine carry out, where the records have every field that is read."""

from __future__ import annotations

import json
import re
from difflib import get_close_matches, unified_diff
from pathlib import Path
from typing import Any

import pytest
from sqlglot import exp

from tests.cli.pushes import Record, push
from tocsin.cloudtrail.request import Want
from tocsin.config import Settings
from tocsin.content.library import load_library
from tocsin.engine.session import Session
from tocsin.run import Compiled, compile_detection, compile_text, execute
from tocsin.run.execution import open_engine
from tocsin.run.rehearsal import load_lookups
from tocsin.run.steps import steps
from tocsin.source import Composed, Source

SETTINGS = Settings(now=1.8e9)
LIBRARY = load_library([])
SEARCHES = [
    "eventName=PutImage | stats count by user, src_ip",
    'eventName=PutImage | rex field=_raw "(?<x>abc)" | table x',
    "eventName=PutImage | rename requestParameters.* as * | stats list(imageTag) as tag by repositoryName | fillnull",
    'eventName=PutImage | eval hour=strftime(_time, "%H") | eventstats count by hour | table count resources{}.ARN',
    "earliest=0 latest=now eventName=PutImage date_hour>=0 | stats min(_time) as first by date_hour, resources{}.ARN",
    'eventName=PutImage | spath output=tag path=requestParameters.imageTag | where tag="t001" | table tag user',
    "eventName=PutImage | fields user, eventName, src | dedup user | fillnull | table _raw user eventName src",
    "eventName=PutImage | eval when=_time+1 | bin span=1h when | stats count by when | sort - when | head 3",
]
LATE = SEARCHES[5:7]


def search(text: str) -> Compiled:
    return compile_text(Composed.whole(Source("<test>", text)), LIBRARY, SETTINGS)


def written(statement: exp.Expression) -> str:
    return statement.sql("duckdb", pretty=True)


def record(want: Want) -> Record:
    """A push that has every field that a search reads."""
    found = push(1)
    for path in want.paths:
        *above, last = path.replace("{}", ".0").split(".")
        at: dict[str, Any] = found
        for key in above:
            at[key] = at.get(key) or {}
            at = at[key]
        at.setdefault(last, "1")
    return {key: _with_lists(value) for key, value in found.items()}


def _with_lists(value: Any) -> Any:
    """Objects whose only key is 0 are lists."""
    if not isinstance(value, dict):
        return value
    inner = {key: _with_lists(each) for key, each in value.items()}
    return list(inner.values()) if inner.keys() == {"0"} else inner


@pytest.fixture
def carried_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement of a run, with the names of its tables as `explain` has them."""
    told: list[str] = []
    execute, batches = Session.execute, Session.batches

    def executed(self: Session, statement: exp.Expression) -> None:
        told.append(_renamed(written(statement)))
        execute(self, statement)

    def fetched(self: Session, query: exp.Select, size: int) -> object:
        told.append(_renamed(written(query)))
        return batches(self, query, size)

    monkeypatch.setattr(Session, "execute", executed)
    monkeypatch.setattr(Session, "batches", fetched)
    return told


def _renamed(sql: str) -> str:
    sql = sql.replace('"t late raw:0"', '"t raw again"').replace('"t late:0"', '"t read again"')
    return re.sub(r'"t (raw|matched|hits):0"', r'"t \1"', sql)


def shown(compiled: Compiled) -> dict[str, str]:
    engine = open_engine(SETTINGS)
    try:
        load_lookups(engine, [compiled], LIBRARY)
        return dict(steps(engine, compiled, SETTINGS))
    finally:
        engine.close()


def assert_carried_out(compiled: Compiled, folder: Path, carried_out: list[str]) -> None:
    (folder / "a.json").write_text(json.dumps({"Records": [record(compiled.want)]}))
    expected = shown(compiled)
    carried_out.clear()
    with execute([compiled], [str(folder)], SETTINGS, LIBRARY) as run:
        result = run.result(0, origins=False)
        assert result is not None
        assert list(result.rows)
    expected.pop("kept", None)  # of which a run asks for the records, too
    for step, sql in expected.items():
        assert any(sql in each for each in carried_out), _difference(step, sql, carried_out)


def _difference(step: str, sql: str, carried_out: list[str]) -> str:
    (near,) = get_close_matches(sql, carried_out, n=1, cutoff=0)
    return "\n".join(unified_diff(sql.splitlines(), near.splitlines(), f"{step}, shown", "carried out", lineterm=""))


@pytest.mark.parametrize("text", SEARCHES)
def test_the_steps_of_a_search_are_those_of_a_run(text: str, tmp_path: Path, carried_out: list[str]) -> None:
    assert_carried_out(search(text), tmp_path, carried_out)


@pytest.mark.parametrize("name", ["AWS ECR Container Upload Outside Business Hours"])
def test_the_steps_of_a_detection_are_those_of_a_run(name: str, tmp_path: Path, carried_out: list[str]) -> None:
    assert_carried_out(compile_detection(LIBRARY.find(name), LIBRARY, SETTINGS), tmp_path, carried_out)


def test_a_search_that_reads_its_records_again_says_so() -> None:
    for text in SEARCHES:
        late = list(shown(search(text))) == ["matched", "kept", "read again", "result"]
        assert late is (text in LATE), text
