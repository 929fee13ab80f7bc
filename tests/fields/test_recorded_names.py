"""Compares which fields exist with what a real Splunk listed for 25 recorded events.

The lists were recorded with an older version of the add-on, and two of them hold more than one event's fields. What
that rules out is named here, each with its reason; nothing else may differ.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.fields.compute import compute, load
from tocsin.engine.protocol import Engine
from tocsin.plan.demand import Demand

DATA = Path(__file__).parents[2] / ".." / "shared" / "data" / "field-names.jsonl"

CHANGED = {
    "user": "the older version took the principal",
    "user_id": "the older version took the principal",
    "user_type": "newer versions have none for some calls",
    "dest": "newer versions have none for calls that begin with Put",
    "src_user": "newer versions fill it from userIdentity.userName",
}
CHANGED_ON = {
    ("AssumeRoleWithSAML", "userName"): "the older version did not take userIdentity.userName here",
    ("CreateVirtualMFADevice", "object"): "newer versions take it from the serial number",
    ("CreateVirtualMFADevice", "object_id"): "newer versions take it from the serial number",
}
# The list of DeleteSnapshot is the union over several events; only what the event's own kin have is compared.
MERGED = {"DeleteSnapshot"}
# Not of a record: of where Splunk stores it, or of how it shows it.
NOT_HERE = {"splunk_server_group"}
# Splunk lists `_time` and hides other internal fields.
HIDDEN = {"_raw"}


def recorded() -> list[dict[str, Any]]:
    return [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()] if DATA.exists() else []


EVENTS = recorded()
EVERYTHING = Demand(frozenset({"_time"}), frozenset({"*"}))


@pytest.fixture(scope="module")
def present(engine: Engine) -> dict[int, set[str]]:
    """The fields that each event has, by its place among the events."""
    if not EVENTS:
        pytest.skip("the recorded events are not here")
    found = compute(load(engine, [each["event"] for each in EVENTS]), EVERYTHING)
    return {place: {name for name, value in fields.items() if value is not None} for place, fields in found.items()}


@pytest.mark.parametrize("place", [pytest.param(n, id=e["event"]["eventName"]) for n, e in enumerate(EVENTS)])
def test_the_fields_that_exist_are_those_that_splunk_listed(place: int, present: dict[int, set[str]]) -> None:
    call = EVENTS[place]["event"]["eventName"]
    excused = {*CHANGED, *HIDDEN, *NOT_HERE, *(name for at, name in CHANGED_ON if at == call)}
    listed = set(EVENTS[place]["fields"]) - excused
    assert present[place] - excused - listed == set()
    if call not in MERGED:
        assert listed - present[place] == set()


def test_every_excuse_is_needed(present: dict[int, set[str]]) -> None:
    differ: set[tuple[str, str]] = set()
    for place, event in enumerate(EVENTS):
        call, listed = event["event"]["eventName"], set(event["fields"])
        missing = set() if call in MERGED else listed - present[place]
        differ |= {(call, name) for name in (present[place] - listed) | missing}
    assert set(CHANGED_ON) <= differ
    assert set(CHANGED) <= {name for _, name in differ}
