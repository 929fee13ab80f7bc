import io
import json

import pytest
from msgspec.structs import replace

from tests.sinks.made import PUSH, account, finding, week
from tocsin.risk.finding import Finding
from tocsin.sinks.formats import SINKS, Setting, open_sink


def written(form: str, findings: list[Finding]) -> str:
    stream = io.StringIO()
    sink = open_sink(form, stream, Setting(zone="UTC", now=1772900000.0, latest=1772899000.0))
    sink.write(findings)
    sink.close(account())
    return stream.getvalue()


@pytest.mark.parametrize("form", SINKS)
def test_every_format_writes_every_finding_once_and_is_the_same_twice(form: str) -> None:
    text = written(form, week())
    assert text == written(form, week())
    assert text.endswith("\n")
    assert [text.count(name) > 0 for name in ("maya.okafor", "ci-release", "AWSReservedSSO_PowerUser")] == [True] * 3


@pytest.mark.parametrize("form", SINKS)
def test_no_format_lets_an_escape_code_through(form: str) -> None:
    text = written(form, [finding("eve\x1b[2J\x9b31m\u202e", extra=("\x07", "ok"))])
    assert not set("\x1b\x9b\u202e\x07") & set(text)


def test_json_lines_follow_the_contract() -> None:
    lines = [json.loads(line) for line in written("jsonl", week()).splitlines()]
    assert len(lines) == 3
    assert list(lines[0])[:6] == ["detection", "result", "risk", "annotations", "analytic_story", "time"]
    assert lines[0]["result"] == week()[0].result
    assert lines[0]["risk"]["objects"] == [{"field": "user", "type": "user", "value": "maya.okafor", "score": 49}]
    assert lines[0]["events"] == [{"event_id": "e-1", "file": "logs/a.json.gz", "position": 4}]


def test_json_lines_carry_a_file_name_that_is_not_utf_8() -> None:
    odd = finding()
    odd = replace(odd, events=(replace(odd.events[0], file="logs/\udcff.gz"),))
    assert json.loads(written("jsonl", [odd]))["events"][0]["file"] == "logs/\udcff.gz"


def test_a_risk_event_is_written_per_risk_object() -> None:
    two = finding("maya")
    two = replace(two, objects=(two.objects[0], replace(two.objects[0], value="other", score=20)))
    events = [json.loads(line) for line in written("risk", [two]).splitlines()]
    assert [(each["risk_object"], each["risk_score"]) for each in events] == [("maya", 49), ("other", 20)]
    assert {each["info_max_time"] for each in events} == {"1772899000.000"}
    assert {each["imageTag"] for each in events} == {"v2.3.1"}


def test_a_finding_without_risk_objects_raises_no_risk() -> None:
    assert written("risk", [replace(finding(detection=replace(PUSH, risk=None)), objects=())]) == ""


def test_risk_needs_to_know_when_the_search_ran() -> None:
    with pytest.raises(ValueError, match="time of the search"):
        open_sink("risk", io.StringIO(), Setting(zone="UTC"))
