"""Risk events have the risk index's own field names, one event for each row and risk object."""

from __future__ import annotations

from typing import Any

import pytest

from tests.risk.made import detection, found
from tocsin.content.detection import Detection
from tocsin.engine.protocol import Value
from tocsin.risk.event import risk_events

NOW = 1_700_000_000.0


def events(row: dict[str, Value], rule: Detection | None = None, **window: float) -> list[dict[str, Any]]:
    return list(risk_events(found(rule or detection(), row)[0], now=NOW, **window))


def test_an_event_has_the_risk_fields() -> None:
    [event] = events({"user": "ann", "src_ip": "10.0.0.1", "repository": ("a", "b")}, earliest=10.0, latest=20.5)
    assert event == {
        "_time": NOW,
        "search_name": "ESCU - Night Push - Rule",
        "source": "ESCU - Night Push - Rule",
        "risk_object": "ann",
        "risk_object_type": "user",
        "normalized_risk_object": "ann",
        "risk_score": 52,
        "risk_message": "Pushed by ann",
        "threat_object": ["10.0.0.1"],
        "threat_object_type": ["ip_address"],
        "analyticstories": ["Dev Sec Ops"],
        "info_min_time": "10.000",
        "info_max_time": "20.500",
        "info_search_time": "1700000000.000",
        "annotations._all": [
            "CIS 13", "Installation", "T1204.003", "DE.AE", "AWS CloudTrail PutImage", "Dev Sec Ops", "Anomaly",
        ],
        "annotations._frameworks": [
            "cis20", "kill_chain_phases", "mitre_attack", "nist", "data_source", "analytic_story", "type",
        ],
        "annotations.cis20": ["CIS 13"],
        "annotations.kill_chain_phases": ["Installation"],
        "annotations.mitre_attack": ["T1204.003"],
        "annotations.nist": ["DE.AE"],
        "annotations.data_source": ["AWS CloudTrail PutImage"],
        "annotations.analytic_story": ["Dev Sec Ops"],
        "annotations.type": ["Anomaly"],
        "annotations.mitre_attack.mitre_technique_id": ["T1204.003"],
        "annotations.mitre_attack.mitre_technique": ["Malicious Image"],
        "annotations.mitre_attack.mitre_tactic_id": ["TA0002"],
        "annotations.mitre_attack.mitre_tactic": ["execution"],
        "contributing_events_search": '| savedsearch "ESCU - Night Push - Rule" | search user="ann"',
        "user": "ann",
        "src_ip": "10.0.0.1",
        "repository": ["a", "b"],
    }  # fmt: skip


def test_an_open_window_is_written_as_splunk_does() -> None:
    [event] = events({"user": "ann"})
    assert (event["info_min_time"], event["info_max_time"]) == ("0.000", "+Infinity")


def test_each_risk_object_is_one_event() -> None:
    found_events = events({"user": ("ann", "bob")})
    assert [each["risk_object"] for each in found_events] == ["ann", "bob"]
    assert [each["user"] for each in found_events] == [["ann", "bob"]] * 2
    assert events({"user": None, "a": "x"}) == []


def test_names_that_the_event_has_itself_get_orig_before_them() -> None:
    [event] = events({"user": "ann", "_time": "5", "source": "trail", "host": "h", "tag": ("x",), "risk_score": "7"})
    assert event["_time"] == NOW and event["risk_score"] == 52
    assert event["source"] == "ESCU - Night Push - Rule"
    assert {name: value for name, value in event.items() if name.startswith("orig_")} == {
        "orig_time": "5", "orig_source": "trail", "orig_host": "h", "orig_tag": ["x"], "orig_risk_score": "7",
    }  # fmt: skip


def test_a_name_that_two_fields_come_to_has_the_values_of_both() -> None:
    [event] = events({"orig_host": ("a", "b"), "user": "ann", "host": "c", "_time": "5", "orig_time": "6"})
    assert (event["orig_host"], event["orig_time"]) == (["a", "b", "c"], ["5", "6"])


def test_values_are_quoted_in_the_search_for_contributing_events() -> None:
    [event] = events({"user": 'a"b\\c'})
    assert event["contributing_events_search"].endswith('| search user="a\\"b\\\\c"')
    rule = detection("2025", "  - field: user\n", "  - field: user name\n")
    [event] = events({"user name": "ann"}, rule)
    assert event["contributing_events_search"].endswith('| search "user name"="ann"')


def test_nothing_that_is_unknown_is_made_up() -> None:
    [event] = events({"user": "ann"})
    assert "threat_object" not in event
    assert not [name for name in event if name in ("orig_sid", "orig_rid", "annotations.cve")]


@pytest.mark.parametrize("kind", ["Hunting", "Correlation"])
def test_a_type_that_raises_no_risk_gives_no_event(kind: str) -> None:
    assert events({"user": "ann"}, detection("2024", "type: Anomaly", f"type: {kind}")) == []
