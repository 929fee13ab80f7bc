"""A search for fields finds the same records whether the scan rules records out beforehand or not."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.fields.compute import STRICT, Loaded, compute, load
from tests.fields.conditions import condition
from tests.fields.test_conformance import CASES
from tocsin.cloudtrail.account import ScanAccount
from tocsin.cloudtrail.bind import bind, want
from tocsin.cloudtrail.files import find
from tocsin.cloudtrail.request import Request
from tocsin.cloudtrail.scan import scan
from tocsin.engine.protocol import Engine
from tocsin.plan.demand import Demand
from tocsin.plan.nodes import Scan

ORDINARY = {
    "eventVersion": "1.09",
    "eventTime": "2024-05-04T00:00:00Z",
    "eventSource": "any.amazonaws.com",
    "eventName": "Any",
    "awsRegion": "eu-west-1",
}
RECORDS: list[dict[str, Any]] = [
    {**ORDINARY, **case["record"], "eventID": str(number)} for number, (_, case) in enumerate(CASES)
]
TABLES = count()
READ = Demand(frozenset({"eventID"}))
FIND_NONE = {"action=paid", "NOT action=paid"}

SEARCHES = """
errorCode=success
NOT errorCode=success
errorCode!=success
errorCode=AccessDenied
NOT errorCode=accessdenied
errorCode=*Denied*
errorCode=failure
result_id=*
NOT result_id=AccessDenied
user=anna
user=*
NOT user=*
user!=anna
userName=ci OR user=bob
NOT (userName=ci OR user=bob)
user_agent=*aws*
NOT user_agent=one
user_agent!=one
action=failure
action=read
NOT action=created
action=paid
NOT action=paid
src_ip=198.51.100.7
desc=null
status=failure eventName=createuser
status=failure OR eventName=PutImage
tag=change
NOT tag=change
eventtype=*
object=b
object_id!=b
date_hour=21
date_wday=saturday errorCode=success
index=aws user=anna
NOT (index=aws errorCode=success)
vendor_account=1
sourcetype=aws:cloudtrail:lake OR msg=success
NOT sourcetype=aws:cloudtrail:lake user_type=root
*Delete* errorCode=success
dest=i-1
dest=*.amazonaws.com
""".strip().splitlines()


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("log") / "records.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in RECORDS), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def loaded(engine: Engine) -> Loaded:
    return load(engine, RECORDS)


@pytest.mark.parametrize("search", SEARCHES)
def test_the_scan_rules_out_no_record_that_matches(search: str, log: Path, loaded: Loaded) -> None:
    expected = compute(loaded, READ, condition=condition(search))
    if search not in FIND_NONE:
        assert 0 < len(expected) < len(RECORDS)
    assert scanned(search, log, loaded.engine) == {str(number) for number in expected}


def scanned(search: str, log: Path, engine: Engine) -> set[str]:
    table = f"scanned:{next(TABLES)}"
    request = Request((want(condition(search), READ, STRICT),))
    for _, batch in scan(request, find([str(log)], None, None).files, jobs=1, account=ScanAccount()):
        engine.append(table, batch)
    if not engine.present(table):
        return set()
    result = engine.run(bind(Scan(condition(search)), READ, table, engine.present(table), STRICT), origins=False)
    return {str(row.values[0]) for row in result.rows}
