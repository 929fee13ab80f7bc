"""The JSON line of a finding is a contract."""

from __future__ import annotations

import json

import pytest

from tests.risk.made import detection, found
from tocsin.risk.json_line import as_json, iso


def test_the_contract() -> None:
    [finding] = found(detection(), {"firstTime": "2021-08-18T23:17:30", "user": ("ann", "bob"), "src_ip": "10.0.0.1"})
    assert as_json(finding) == {
        "detection": {
            "name": "Night Push",
            "id": "11111111-2222-4333-8444-555555555555",
            "version": "4",
            "type": "Anomaly",
            "search_name": "ESCU - Night Push - Rule",
        },
        "result": {"firstTime": "2021-08-18T23:17:30", "user": ["ann", "bob"], "src_ip": "10.0.0.1"},
        "risk": {
            "score": 52,
            "message": "Pushed by ann, bob",
            "objects": [
                {"field": "user", "type": "user", "value": "ann", "score": 52},
                {"field": "user", "type": "user", "value": "bob", "score": 52},
            ],
            "threat_objects": [{"field": "src_ip", "type": "ip_address", "value": "10.0.0.1"}],
        },
        "annotations": {
            "mitre_attack": [{"technique_id": "T1204.003", "technique": "Malicious Image", "tactics": ["Execution"]}],
            "kill_chain_phases": ["Installation"],
            "nist": ["DE.AE"],
            "cis20": ["CIS 13"],
            "cve": [],
        },
        "analytic_story": ["Dev Sec Ops"],
        "time": {"earliest": "2021-08-18T23:17:30Z", "latest": "2021-08-18T23:17:40.500000Z"},
        "event_count": 3,
        "events": [
            {"event_id": "e-1", "file": "trail/a.json.gz", "position": 1},
            {"event_id": None, "file": "trail/a.json.gz", "position": 2},
        ],
    }


def test_it_is_json_and_says_the_same_each_time() -> None:
    first, second = (json.dumps(as_json(found(detection(), {"user": "ann"})[0])) for _ in range(2))
    assert first == second


def test_an_objects_own_message_is_written() -> None:
    rule = detection("escu-6", "    message: Pushed by $user$", "    message: Own $user$")
    finding = found(rule, {"user": "ann"})[0]
    other = {**as_json(finding)["risk"]}
    assert other["message"] == "Own ann", "without a finding's title the first message is the detection's"
    title = "finding:\n  title: Title\n  entity: {field: repository, type: other, score: 60}\nintermediate_findings"
    both = found(detection("escu-6", "intermediate_findings", title), {"user": "ann", "repository": "r"})[0]
    assert as_json(both)["risk"] == {
        "score": 60,
        "message": "Title",
        "objects": [
            {"field": "repository", "type": "other", "value": "r", "score": 60},
            {"field": "user", "type": "user", "value": "ann", "score": 52, "message": "Pushed by ann"},
        ],
        "threat_objects": [],
    }


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (None, None),
        (0.0, "1970-01-01T00:00:00Z"),
        (1629328650, "2021-08-18T23:17:30Z"),
        (0.25, "1970-01-01T00:00:00.250000Z"),
    ],
)
def test_times_are_iso_in_utc(moment: float | None, text: str | None) -> None:
    assert iso(moment) == text
