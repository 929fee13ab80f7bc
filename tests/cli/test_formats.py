"""What `scan` prints: the contract of its JSON lines, CSV for spreadsheets, risk events, the table for people."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.content import detection
from tests.cli.pushes import FLAGSHIP, push, text, write
from tests.cli.running import Tocsin
from tocsin.sinks.formats import SINKS

Options = tuple[str, str]

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "a\nb",
    'a"b,c;d',
    "\x1b[2J\x1b]0;title\x07",
    "\x9b31m",
    "\u202egnp.exe",
    "\u2028",
    "$user$",
    " ",
    "名前",
)


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    return write(tmp_path / "logs", a__json=text(push(1), push(2)))


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    return write(tmp_path / "logs", a__json=text(*(push(number, user) for number, user in enumerate(HOSTILE))))


def test_json_lines_have_the_keys_of_the_contract(tocsin: Tocsin, logs: Path, flagship: Options) -> None:
    first, _ = tocsin.scan(logs, *flagship).lines
    assert first == {
        "detection": {
            "name": FLAGSHIP,
            "id": "d4c4d4eb-3994-41ca-a25e-a82d64e125bb",
            "version": "3",
            "type": "Anomaly",
            "search_name": f"ESCU - {FLAGSHIP} - Rule",
        },
        "result": {
            "awsRegion": "eu-west-1",
            "eventName": "PutImage",
            "eventSource": "ecr.amazonaws.com",
            "user": "ann",
            "userName": "ann",
            "src_ip": "198.51.100.7",
            "imageTag": "t001",
            "registryId": "111122223333",
            "repository": "web/shop",
            "phase": "release",
            "severity": "medium",
            "firstTime": "2026-03-04T22:00:01",
            "lastTime": "2026-03-04T22:00:01",
        },
        "risk": {
            "score": 49,
            "message": "Container uploaded outside business hours from ann",
            "objects": [{"field": "user", "type": "user", "value": "ann", "score": 49}],
            "threat_objects": [{"field": "src_ip", "type": "ip_address", "value": "198.51.100.7"}],
        },
        "annotations": {
            "mitre_attack": [
                {"technique_id": "T1204.003", "technique": "Malicious Image", "tactics": ["Execution"]},
                {"technique_id": "T1204", "technique": "User Execution", "tactics": ["Execution"]},
            ],
            "kill_chain_phases": ["Installation"],
            "nist": ["DE.AE"],
            "cis20": ["CIS 13"],
            "cve": [],
        },
        "analytic_story": ["Dev Sec Ops"],
        "time": {"earliest": "2026-03-04T22:00:01Z", "latest": "2026-03-04T22:00:01Z"},
        "event_count": 1,
        "events": [{"event_id": "event-1", "file": str(logs / "a.json"), "position": 1}],
    }


def test_the_keys_and_fields_come_in_one_order(tocsin: Tocsin, logs: Path, flagship: Options) -> None:
    first, _ = tocsin.scan(logs, *flagship).lines
    assert list(first) == [
        "detection",
        "result",
        "risk",
        "annotations",
        "analytic_story",
        "time",
        "event_count",
        "events",
    ]
    assert list(first["result"])[:2] == ["awsRegion", "eventName"]


def test_a_multivalue_field_is_a_list_and_a_missing_one_is_left_out(tocsin: Tocsin, tmp_path: Path, logs: Path) -> None:
    spl = (
        "eventName=PutImage | stats values(requestParameters.imageTag) AS tags values(errorCode) values(x) AS x by user"
    )
    detection(tmp_path / "mine", "Tags", spl)
    (result,) = (line["result"] for line in tocsin.scan(logs, "--content", tmp_path / "mine").lines)
    assert result == {"user": "ann", "tags": ["t001", "t002"], "values(errorCode)": "success"}


def test_a_finding_leads_back_to_its_first_hundred_records_by_time(tocsin: Tocsin, tmp_path: Path) -> None:
    records = [push(number) for number in range(250)]
    logs = write(tmp_path / "logs", a__json=text(*records[125:]), b__json=text(*reversed(records[:125])))
    detection(tmp_path / "mine", "Many", "eventName=PutImage | stats count by user")
    (line,) = tocsin.scan(logs, "--content", tmp_path / "mine").lines
    assert (line["event_count"], len(line["events"])) == (250, 100)
    assert [each["event_id"] for each in line["events"]] == [f"event-{number}" for number in range(100)]
    assert line["events"][0] == {"event_id": "event-0", "file": str(logs / "b.json"), "position": 125}
    assert line["time"] == {"earliest": "2026-03-04T22:00:00Z", "latest": "2026-03-04T22:04:09Z"}


def test_data_alone_goes_to_the_output(tocsin: Tocsin, logs: Path, flagship: Options) -> None:
    for form in SINKS.keys() - {"table"}:
        ran = tocsin.scan(logs, *flagship, form=form)
        assert form == "html" or "files = " not in ran.out  # a page tells it, too
        assert "1 file = 1 read + 0 failed" in ran.err


def test_risk_events_have_the_risk_indexs_fields(tocsin: Tocsin, logs: Path, flagship: Options) -> None:
    first, _ = tocsin.scan(logs, *flagship, "--now", "2026-03-05T00:00:00Z", form="risk").lines
    assert {
        "_time": 1772668800.0,
        "search_name": f"ESCU - {FLAGSHIP} - Rule",
        "risk_object": "ann",
        "risk_object_type": "user",
        "risk_score": 49,
        "risk_message": "Container uploaded outside business hours from ann",
        "threat_object": ["198.51.100.7"],
        "threat_object_type": ["ip_address"],
        "annotations.mitre_attack": ["T1204.003", "T1204"],
        "annotations.mitre_attack.mitre_tactic": ["execution"],
        "info_min_time": "0.000",
        "info_max_time": "+Infinity",
        "repository": "web/shop",
    }.items() <= first.items()


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"rba": {"message": "m", "risk_objects": [{"field": "nobody", "type": "user", "score": 30}]}}, "no value of"),
        ({"rba": None, "type": "Hunting"}, "it names no risk object"),
        ({"type": "Hunting"}, "a Hunting raises no risk by default"),
    ],
)
def test_findings_without_a_risk_event_are_counted(
    tocsin: Tocsin, logs: Path, tmp_path: Path, facts: dict[str, object], why: str
) -> None:
    detection(tmp_path / "mine", "Push", "eventName=PutImage | table user eventID", **facts)
    ran = tocsin.scan(logs, "--content", tmp_path / "mine", form="risk")
    assert ran.out == ""
    assert f"warning: Push: 2 findings without a risk event: {why}" in ran.err
    assert len(ran.summary["warnings"]) == 1


def test_risk_events_are_one_for_each_value_of_a_risk_object(tocsin: Tocsin, tmp_path: Path) -> None:
    logs = write(tmp_path / "logs", a__json=text(push(1, "ann"), push(2, "bob")))
    search = "eventName=PutImage | stats values(user) AS user by awsRegion"
    detection(tmp_path / "mine", "Both", search)
    assert tocsin.scan(logs, "--content", tmp_path / "mine", form="risk").column("risk_object") == ["ann", "bob"]
    detection(tmp_path / "mine", "Both", search, type="Hunting")
    assert tocsin.scan(logs, "--content", tmp_path / "mine", form="risk").out == ""


def test_csv_cells_that_a_spreadsheet_would_run_are_defused(tocsin: Tocsin, hostile: Path, flagship: Options) -> None:
    ran = tocsin.scan(hostile, *flagship, form="csv")
    heading, *rows = csv.reader(io.StringIO(ran.out))
    assert len(rows) == len(HOSTILE)
    cells = [row[heading.index("user")] for row in rows]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r＝")]
    assert "'=cmd|' /C calc'!A0" in cells
    assert 'a"b,c;d' in cells
    assert "\x1b" not in ran.out


def test_the_first_column_of_csv_is_defused_too(tocsin: Tocsin, logs: Path, tmp_path: Path) -> None:
    detection(tmp_path / "mine", "=1+1", 'eventName=PutImage | rename user AS "=2+2" | stats count by "=2+2"')
    heading, row = csv.reader(io.StringIO(tocsin.scan(logs, "--content", tmp_path / "mine", form="csv").out))
    assert row[0] == "'=1+1"
    assert "'=2+2" in heading


@pytest.mark.parametrize("form", SINKS)
def test_nothing_from_the_logs_can_move_a_cursor(tocsin: Tocsin, hostile: Path, flagship: Options, form: str) -> None:
    ran = tocsin.scan(hostile, *flagship, form=form)
    assert not {"\x1b", "\x9b", "\x07", "\u202e", "\u2028"} & set(ran.out + ran.err)


def test_json_keeps_hostile_text_as_it_was(tocsin: Tocsin, hostile: Path, flagship: Options) -> None:
    assert sorted(tocsin.scan(hostile, *flagship).column("user")) == sorted(HOSTILE)


def test_a_message_is_not_filled_twice(tocsin: Tocsin, hostile: Path, flagship: Options) -> None:
    lines = tocsin.scan(hostile, *flagship).lines
    messages = [line["risk"]["message"] for line in lines if line["result"]["user"] == "$user$"]
    assert messages == ["Container uploaded outside business hours from $user$"]


def test_names_of_files_and_detections_cannot_move_a_cursor(tocsin: Tocsin, tmp_path: Path) -> None:
    logs = write(tmp_path / "logs", **{"\x1b[2J": b"no", "a": text(push(1))})
    detection(
        tmp_path / "mine", "Red \x1b[31m", 'eventName=PutImage | rename user AS "\x1b[1m" | stats count by "\x1b[1m"'
    )
    ran = tocsin("scan", logs, "--content", tmp_path / "mine", code=3)
    assert "\x1b" not in ran.out + ran.err


def test_the_table_tells_when_who_from_where_and_what(tocsin: Tocsin, logs: Path, flagship: Options) -> None:
    out = tocsin.scan(logs, *flagship, form="table").out
    heading = next(line for line in out.splitlines() if line.startswith("when (UTC)")).split("  ")
    assert [name.strip() for name in heading if name.strip()][:5] == ["when (UTC)", "last", "records", "score", "user"]
    assert "Wed 2026-03-04 22:00:01" in out
    assert "web/shop" in out and "t001" in out
    assert "Container uploaded outside business hours from ann" in out
    assert out.rstrip().splitlines()[-1].startswith("1 file = 1 read + 0 failed")


@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_the_table_keeps_to_the_width_of_a_narrow_terminal(
    tocsin: Tocsin, logs: Path, flagship: Options, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    out = tocsin.scan(logs, *flagship, form="table").out
    assert [line for line in out.splitlines() if len(line) > int(columns)] == []
    assert "ann" in out


def test_no_findings_is_said(tocsin: Tocsin, tmp_path: Path, flagship: Options) -> None:
    logs = write(tmp_path / "logs", a__json=text(push(1, eventTime="2026-03-04T12:00:00Z")))
    assert "No findings." in tocsin.scan(logs, *flagship, form="table").out
    assert tocsin.scan(logs, *flagship).out == ""
    assert tocsin.scan(logs, *flagship, form="risk").out == ""


def test_the_account_of_machines_and_that_of_people_agree(tocsin: Tocsin, logs: Path, flagship: Options) -> None:
    ran = tocsin.scan(logs, *flagship)
    records = ran.summary["records"]
    assert f"{records['decoded']} records decoded = {records['matched']} matched" in ran.err
    assert json.dumps(ran.summary)  # plain values alone


@pytest.mark.parametrize("form", SINKS)
def test_only_what_the_search_asks_for_leaves_the_records(
    tocsin: Tocsin, tmp_path: Path, flagship: Options, form: str
) -> None:
    secret = {"credentials": {"secretAccessKey": "S3CRET", "sessionToken": "S3CRET"}}
    lines = [json.dumps(push(number, responseElements=secret)) for number in range(3)]
    lines[1] = lines[1].replace('"eventName":', '"eventName"')
    lines[2] = lines[2].replace('"2026-03-04T22:00:02Z"', "null")
    logs = write(tmp_path / "logs", a__json="\n".join(lines).encode())
    ran = tocsin.scan(logs, *flagship, form=form, code=3)
    assert ran.summary["records"]["unreadable"] == 2
    assert "S3CRET" not in ran.out + ran.err + json.dumps(ran.summary)
