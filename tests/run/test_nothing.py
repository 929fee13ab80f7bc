"""A search that matches no record gives what the engine would give, without asking it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import asdict

from tocsin.config import Settings
from tocsin.content.library import load_library
from tocsin.hours import load_hours
from tocsin.plan.nothing import gives_nothing
from tocsin.run import Compiled, compile_detection, compile_text, execute, execution
from tocsin.source import Composed, Source

LIBRARY = load_library([])
HOURS = load_hours(Path(__file__).parents[2] / "examples/hours.yml").hours
SETTINGS = Settings(now=1.8e9, hours=HOURS)
EVENT = {"eventVersion": "1.08", "eventTime": "2026-03-01T10:00:00Z", "eventName": "ListUsers", "eventID": "1"}
SEARCHES = [
    "eventName=PutImage",
    "eventName=PutImage | stats count by user, awsRegion | rename awsRegion as region",
    "eventName=PutImage | stats count",
    "eventName=PutImage | stats count values(user) | where count > 0",
    "eventName=PutImage | stats count by user | stats sum(count) as n",
    "eventName=PutImage | table user, requestParameters.*, none",
    "eventName=PutImage | fields - user | eval a=1 | eventstats count | sort - a | head 3",
    "eventName=PutImage | fillnull value=x a | dedup user | mvexpand a | convert ctime(_time)",
    "eventName=PutImage | businesshours | search user=*",
]


@pytest.fixture(params=[*SEARCHES, *(each.name for each in LIBRARY.detections if "Principal" not in each.name)])
def search(request: pytest.FixtureRequest) -> Compiled:
    if request.param not in SEARCHES:
        return compile_detection(LIBRARY.find(request.param), LIBRARY, SETTINGS)
    return compile_text(Composed.whole(Source("<test>", request.param)), LIBRARY, SETTINGS)


def _ran(search: Compiled, path: Path) -> tuple[Any, ...]:
    with execute([search], [str(path)], SETTINGS, LIBRARY) as run:
        result = run.result(0, origins=True)
        assert result is not None
        rows = list(result.rows)
        return result.columns, [row.values for row in rows], asdict(run.account.detections[0])


def test_no_match_gives_what_the_engine_gives(
    search: Compiled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "trail.json"
    path.write_text(json.dumps({"Records": [EVENT]}))
    at_once = _ran(search, path)
    monkeypatch.setattr("tocsin.run.executed.gives_nothing", lambda plan: False)
    assert at_once == _ran(search, path)
    take = execution._take
    monkeypatch.setattr("tocsin.run.execution._take", lambda *args: take(*args) | {0})
    assert at_once == _ran(search, path)
    assert at_once[2]["matched"] == 0


def test_only_an_aggregate_without_keys_makes_a_row_of_none() -> None:
    plans = {text: compile_text(Composed.whole(Source("<test>", text)), LIBRARY, SETTINGS).plan for text in SEARCHES}
    assert [text for text, plan in plans.items() if not gives_nothing(plan)] == [
        "eventName=PutImage | stats count",
        "eventName=PutImage | stats count values(user) | where count > 0",
        "eventName=PutImage | stats count by user | stats sum(count) as n",
    ]
