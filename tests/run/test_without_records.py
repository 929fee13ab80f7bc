"""A search whose rows need no records gives the same when their times and ids are not read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import asdict, replace

from tocsin.config import Settings
from tocsin.content.library import load_library
from tocsin.run import Compiled, compile_text, execute, without_records
from tocsin.source import Composed, Source

TRAIL = Path(__file__).parents[2] / "examples/trail"
LIBRARY = load_library([])
SETTINGS = Settings(now=1.8e9)
UNTIMED = [
    "eventName=* | stats count by userName, eventName",
    "eventName=Put* | stats count dc(user) values(src_ip) min(userAgent) max(userAgent) by awsRegion",
    "* | stats count by resources{}.ARN",
    "* | stats count values(resources{}.ARN) by user | sort - count | head 5",
    'NOT errorCode=* | eval who=coalesce(user, userName) | where like(who, "%a%") | stats count by who',
    "* | rename userIdentity.* as * | fields userName, type | fillnull userName | stats count by userName type",
    "* | stats count",
    "eventName=NoSuchName | stats count",
]
TIMED = [
    "* | stats count by date_hour",
    "* | stats count min(_time) as first by user",
    "date_hour<8 | stats count by user",
    "earliest=0 eventName=* | stats count by user",
]
ORDERED = ["* | stats first(eventName) by user", "* | table user eventName", "* | head 5 | stats count by user"]


def compiled(search: str) -> Compiled:
    return compile_text(Composed.whole(Source("<test>", search)), LIBRARY, SETTINGS)


def ran(search: Compiled, settings: Settings, path: Path = TRAIL) -> tuple[Any, ...]:
    with execute([search], [str(path)], settings, LIBRARY) as run:
        result = run.result(0, origins=False)
        assert result is not None
        rows = [row.values for row in result.rows]
        return result.columns, rows, asdict(run.account.detections[0]), run.account.matched


@pytest.mark.parametrize("keep", [False, True])
@pytest.mark.parametrize("search", [*UNTIMED, *TIMED, *ORDERED])
def test_the_rows_and_the_account_are_the_same(search: str, keep: bool) -> None:
    settings = replace(SETTINGS, keep_duplicates=keep)
    whole = compiled(search)
    assert ran(without_records(whole, settings), settings) == ran(whole, settings)


@pytest.mark.parametrize("search", UNTIMED)
def test_what_nobody_asks_for_is_not_read(search: str) -> None:
    want = without_records(compiled(search), SETTINGS).want
    assert (want.times, want.ids) == (False, True)
    assert not without_records(compiled(search), replace(SETTINGS, keep_duplicates=True)).want.ids


@pytest.mark.parametrize("search", TIMED)
def test_times_are_read_where_they_are_asked_for(search: str) -> None:
    assert without_records(compiled(search), SETTINGS).want.times


@pytest.mark.parametrize("search", ORDERED)
def test_all_is_read_where_the_order_tells(search: str) -> None:
    whole = compiled(search)
    assert without_records(whole, replace(SETTINGS, keep_duplicates=True)) is whole


def test_a_window_reads_times() -> None:
    settings = replace(SETTINGS, earliest=1.7e9)
    search = compile_text(Composed.whole(Source("<test>", UNTIMED[0])), LIBRARY, settings)
    assert without_records(search, settings).want.times
