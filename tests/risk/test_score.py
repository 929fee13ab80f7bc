"""Rows become findings: risk objects one per value, threats, messages, the way back to the records."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.risk.made import detection, found
from tocsin.engine.protocol import Value
from tocsin.risk.event import risk_events
from tocsin.risk.finding import EventPointer, FoundThreat, ScoredObject, Technique
from tocsin.risk.score import missing_warnings


def test_a_row_becomes_a_scored_finding() -> None:
    rule = detection()
    [finding] = found(rule, {"firstTime": "1", "user": "ann", "src_ip": "10.0.0.1", "none": None})
    assert finding.detection is rule
    assert finding.result == {"firstTime": "1", "user": "ann", "src_ip": "10.0.0.1"}
    assert list(finding.result) == ["firstTime", "user", "src_ip"]
    assert (finding.score, finding.message) == (52, "Pushed by ann")
    assert finding.objects == (ScoredObject("user", "user", "ann", 52, "Pushed by ann"),)
    assert finding.threat_objects == (FoundThreat("src_ip", "ip_address", "10.0.0.1"),)
    assert finding.techniques == (Technique("T1204.003", "Malicious Image", ("Execution",)),)


def test_a_finding_leads_back_to_its_records() -> None:
    [finding] = found(detection(), {"user": "ann"})
    assert (finding.earliest, finding.latest, finding.event_count) == (1629328650.0, 1629328660.5, 3)
    assert finding.events == (EventPointer("e-1", "trail/a.json.gz", 1), EventPointer(None, "trail/a.json.gz", 2))


def test_a_row_without_records_has_no_times_and_no_events() -> None:
    [finding] = found(detection(), {"user": "ann"}, origin=None)
    assert (finding.earliest, finding.latest, finding.events, finding.event_count) == (None, None, (), 0)


@pytest.mark.parametrize(
    ("user", "objects"),
    [
        ("ann", ["ann"]),
        (("ann", "bob"), ["ann", "bob"]),
        (("ann", "ann", "", "bob"), ["ann", "bob"]),
        (None, []),
        ("", []),
    ],
)
def test_each_value_of_a_field_is_one_object(user: str | tuple[str, ...] | None, objects: list[str]) -> None:
    [finding] = found(detection(), {"user": user, "src_ip": user})
    assert [each.value for each in finding.objects] == objects
    assert [each.value for each in finding.threat_objects] == objects


def test_every_row_is_a_finding_in_order() -> None:
    rows: list[dict[str, Value]] = [{"user": name} for name in "cab"]
    assert [each.message for each in found(detection(), *rows)] == [
        "Pushed by c", "Pushed by a", "Pushed by b",
    ]  # fmt: skip


def test_an_object_with_a_message_of_its_own_keeps_it() -> None:
    rule = detection("escu-6", "    message: Pushed by $user$", "    message: $user$ pushes from $src_ip$")
    [finding] = found(rule, {"user": "ann", "src_ip": "10.0.0.1"})
    assert [each.message for each in finding.objects] == ["ann pushes from 10.0.0.1"]


def test_a_detection_without_risk_gives_findings_that_score_nothing() -> None:
    bare = detection(
        "2025",
        "rba:\n  message: Pushed by $user$\n  risk_objects:\n  - field: user\n    type: user\n    score: 52\n"
        "  threat_objects:\n  - field: src_ip\n    type: ip_address\n",
        "",
    )
    assert bare.risk is None
    [finding] = found(bare, {"user": "ann"})
    assert (finding.score, finding.message, finding.objects, finding.threat_objects) == (0, "", (), ())


def test_a_finding_without_a_risk_object_has_its_detections_score() -> None:
    rule = detection("2024", "    role:\n    - Victim\n", "    role:\n    - Attacker\n")
    [finding] = found(rule, {"user": "ann", "src_ip": "10.0.0.1"})
    assert (finding.score, finding.objects) == (52, ())
    assert list(risk_events(finding, now=0.0)) == []


def test_rows_that_lack_a_field_of_the_message_are_counted() -> None:
    missing: Counter[str] = Counter()
    rule = detection()
    findings = found(rule, {"user": "ann"}, {"user": None, "a": "x"}, {"user": None, "a": "y"}, missing=missing)
    assert [each.message for each in findings] == ["Pushed by ann", "Pushed by $user$", "Pushed by $user$"]
    assert missing == {"user": 2}
    assert missing_warnings(rule, missing) == ["Night Push: the risk message names `user`, which 2 rows lacked"]
