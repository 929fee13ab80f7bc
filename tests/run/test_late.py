"""Open searches that keep some records find out which, and then read those with everything: nobody can tell."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import asdict, replace

from tocsin.cloudtrail.files import File
from tocsin.config import Settings
from tocsin.content.library import load_library
from tocsin.plan.demand import demand
from tocsin.plan.nodes import Limit
from tocsin.run import Compiled, compile_text, execute, execution
from tocsin.run.late import early, is_late, narrowing, read_late
from tocsin.source import Composed, Source
from tocsin.spl.macros import Macro

TRAIL = Path(__file__).parents[2] / "examples/trail/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/06"
FILES = (File(str(TRAIL), 1),)
SETTINGS = Settings(now=1.8e9)
LIBRARY = load_library([])
LATE = [
    "* | head 20",
    "* | head 0",
    "eventSource=ecr* | head 7 | stats values(*) as * by user",
    "* | dedup eventName",
    "* | dedup 2 user sourceIPAddress | head 9 | fillnull value=none user",
    "* | dedup userName keepempty=true | eval n=len(userName) | sort - n | head 3",
    '* | where like(userAgent, "%a%") | fields - user*',
    "* | eval who=upper(user) | where isnotnull(who) | sort who, -_time | head 11",
    "* | rename eventName as what | dedup what | table *",
    "* | fields user* event* | dedup eventName",
    "* | fields request* | head 4",
    "* | head 6 | table _raw",
    "* | dedup errorCode | rename requestParameters.* as *",
    "PutImage | head 3 | eventstats count by user",
    "earliest=0 latest=now * | sort 5 user",
    "* | where 1=2",
]
WHOLE = [
    "*",
    "* | table user, eventName | head 5",
    "* | stats count by user | head 5",
    "* | rename userIdentity.* as * | head 5",
    "* | mvexpand resources{}.ARN | head 5",
    "* | fillnull | head 5",
    "* | eval x=1 | fields - y",
]


def compiled(search: str) -> Compiled:
    return compile_text(Composed.whole(Source("<test>", search)), LIBRARY, SETTINGS)


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A day, and some files of it that were delivered twice."""
    again = tmp_path_factory.mktemp("again")
    for path in sorted(TRAIL.iterdir())[:8]:
        shutil.copy(path, again)
    return [str(TRAIL), str(again)]


def ran(search: Compiled, settings: Settings, paths: list[str]) -> tuple[list[Any], Any, int]:
    with execute([search], paths, settings, LIBRARY) as run:
        result = run.result(0, origins=True)
        assert result is not None
        rows = [
            ([(name, value) for name, value in zip(result.columns, row.values, strict=True) if value], row.origin)
            for row in result.rows
        ]
        assert run.account.adds_up()
        return rows, asdict(run.account.detections[0]), run.account.matched


@pytest.fixture
def never(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Every search is read at once."""
    with monkeypatch.context() as patched:
        patched.setattr(execution, "is_late", lambda *_: False)
        yield patched


@pytest.mark.parametrize(("search", "keep"), [*((each, False) for each in LATE), *((each, True) for each in LATE[:4])])
def test_rows_records_and_account_are_the_same(
    search: str, keep: bool, logs: list[str], never: pytest.MonkeyPatch
) -> None:
    settings = replace(SETTINGS, keep_duplicates=keep)
    at_once = ran(compiled(search), settings, logs)
    never.undo()
    assert ran(compiled(search), settings, logs) == at_once
    assert (at_once[1]["duplicates"] > 0) is not keep or "PutImage" in search


@pytest.mark.parametrize("search", LATE)
def test_these_read_their_records_late(search: str) -> None:
    found = early(compiled(search), SETTINGS)
    assert is_late(compiled(search), FILES)
    assert not found.want.patterns
    assert not found.want.raw or "PutImage" in search, "the record's text, which words are looked for in"


@pytest.mark.parametrize("search", WHOLE)
def test_these_do_not(search: str) -> None:
    assert not is_late(compiled(search), FILES)


def test_the_last_node_that_leaves_records_out_ends_the_part() -> None:
    part = narrowing(compiled("* | head 9 | eval a=1 | where a=1 | head 5 | eval b=2 | stats count by b").plan)
    assert part is not None
    assert isinstance(part.input, Limit)  # type: ignore[union-attr]
    assert part.input.count == 5  # type: ignore[union-attr]


def test_what_a_pipe_gives_is_read_once(tmp_path: Path) -> None:
    assert not is_late(compiled("* | head 5"), (*FILES, File("-", 0)))
    empty = tmp_path / "empty.json"
    empty.touch()
    assert is_late(compiled("* | head 5"), (*FILES, File(str(empty), 0)))


def test_what_a_filter_macro_removes_is_counted(logs: list[str], never: pytest.MonkeyPatch) -> None:
    definition = Composed.whole(Source("<macro>", 'where user!="x"'))
    library = replace(LIBRARY, macros={**LIBRARY.macros, "own_filter": Macro("own_filter", (), definition)})
    text = Composed.whole(Source("<test>", "* | dedup user | `own_filter` | head 4"))
    search = compile_text(text, library, SETTINGS)
    at_once = ran(search, SETTINGS, logs)
    never.undo()
    assert ran(search, SETTINGS, logs) == at_once
    assert at_once[1]["filter_macro"] == "own_filter"


@pytest.mark.parametrize("after", [[], [{"eventID": "2"}], [{"eventTime": "2026-03-07T01:00:01Z"}]])
def test_files_that_change_meanwhile_are_told(
    after: list[dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "trail.json.gz"
    record = {"eventTime": "2026-03-07T01:00:00Z", "eventName": "A", "eventSource": "b", "eventID": "1"}
    path.write_bytes(gzip.compress(json.dumps({"Records": [record]}).encode()))

    def meanwhile(*given: Any) -> str:
        path.write_bytes(gzip.compress(json.dumps({"Records": [record | each for each in after]}).encode()))
        return read_late(*given)

    monkeypatch.setattr("tocsin.run.executed.read_late", meanwhile)
    with execute([compiled("* | head 5")], [str(path)], SETTINGS, LIBRARY) as run:
        assert run.result(0, origins=False) is None
        assert "1 of 1 records could not be read again" in run.account.detections[0].failed
        assert run.account.adds_up()


def test_the_demand_of_a_part_is_what_it_reads() -> None:
    part = narrowing(compiled("* | where x=1 | dedup y | head 5").plan)
    assert part is not None
    assert early(compiled("* | where x=1 | dedup y | head 5"), SETTINGS).want.paths == ("x", "y")
    assert demand(part).patterns == {"*"}
