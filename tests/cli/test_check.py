"""`tocsin check`: every diagnostic of a library, and what of it is ready."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.content import detection, lookup, macro
from tests.cli.running import Tocsin


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A library with a detection of each state."""
    mine = tmp_path / "mine"
    detection(mine, "Fine", "`cloudtrail` eventName=PutImage | lookup allowed user OUTPUT ok | stats count by user, ok")
    detection(mine, "Wrong", 'eventName="PutImage')
    detection(mine, "Later", "eventName=PutImage | transaction user")
    detection(mine, "Elsewhere", "sourcetype=aws:config | stats count")
    detection(mine, "Odd Time", '* | eval x=strftime(_time, "%K")')
    lookup(mine, "allowed", "user,ok", "ann,yes")
    return mine


def test_the_shipped_library_is_ready_or_needs_a_file(tocsin: Tocsin) -> None:
    states = {line["name"]: line["state"] for line in tocsin("check", "--format", "jsonl").lines}
    assert states["AWS ECR Container Upload Outside Business Hours"] == "ready"
    assert {state for state in states.values() if not state.startswith("needs --")} == {"ready"}


def test_each_detection_has_its_state(tocsin: Tocsin, mine: Path) -> None:
    ran = tocsin("check", mine, "--format", "jsonl", code=2)
    assert [(line["name"], line["state"]) for line in ran.lines] == [
        ("Elsewhere", "ready"),
        ("Fine", "ready"),
        ("Later", "unsupported"),
        ("Odd Time", "unsupported"),
        ("Wrong", "error"),
    ]
    problems = {line["name"]: [each["name"] for each in line["diagnostics"]] for line in ran.lines}
    assert problems == {
        "Elsewhere": ["matches-nothing"],
        "Fine": [],
        "Later": ["unsupported-command"],
        "Odd Time": ["unsupported-time-format"],
        "Wrong": ["unclosed-quote"],
    }


def test_the_place_of_a_problem_is_there_for_machines(tocsin: Tocsin, mine: Path) -> None:
    (wrong,) = (line for line in tocsin("check", mine, "--format", "jsonl", code=2).lines if line["name"] == "Wrong")
    path = str(mine / "detections" / "wrong.yml")
    assert wrong["path"] == path
    (problem,) = wrong["diagnostics"]
    line = Path(path).read_text().splitlines()[problem["line"] - 1]
    assert line[problem["column"] - 1 :].startswith('\\"PutImage')
    assert problem | {"line": 0, "column": 0} == {
        "name": "unclosed-quote",
        "severity": "error",
        "message": "a quoted text is never closed",
        "file": path,
        "line": 0,
        "column": 0,
    }


def test_people_get_a_table_and_a_sum(tocsin: Tocsin, mine: Path) -> None:
    ran = tocsin("check", mine, code=2)
    *table, _, sum_ = ran.out.splitlines()
    assert table[0].split() == ["detection", "type", "state", "why"]
    assert next(line for line in table if line.startswith("Later")).split(maxsplit=4)[2] == "unsupported"
    assert "the command `transaction` does not run yet" in ran.out
    assert "no record can match: `sourcetype` is `aws:cloudtrail` in every record" in ran.out
    assert sum_ == "5 detections: 2 ready, 2 unsupported, 1 error"
    assert "error[unclosed-quote]" in ran.err
    assert "unsupported[unsupported-time-format]" in ran.err


def test_a_folder_of_detections_that_run_is_0_and_what_is_unsupported_is_no_error(
    tocsin: Tocsin, tmp_path: Path
) -> None:
    detection(tmp_path / "mine", "Fine", "eventName=PutImage | stats count by user")
    assert "1 detection: 1 ready" in tocsin("check", tmp_path / "mine", code=0).out
    detection(tmp_path / "mine", "Later", "eventName=PutImage | transaction user")
    assert "2 detections: 1 ready, 1 unsupported" in tocsin("check", tmp_path / "mine", code=0).out


def test_one_file_can_be_checked(tocsin: Tocsin, mine: Path) -> None:
    assert "1 detection: 0 ready, 0 unsupported, 1 error" in tocsin("check", mine / "detections/wrong.yml", code=2).out


def test_errors_of_files_are_counted_and_listed(tocsin: Tocsin, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    detection(mine, "Fine", "eventName=PutImage | stats count by user")
    (mine / "detections" / "open.yml").write_text('name: "open\n')
    (mine / "macros.conf").write_text("[open\n")
    ran = tocsin("check", mine, code=2)
    assert ran.out.splitlines()[-1] == "1 detection: 1 ready, 0 unsupported, 0 error; 2 errors in files"
    assert "error[invalid-yaml]" in ran.err
    files = [line for line in tocsin("check", mine, "--format", "jsonl", code=2).lines if line["name"] is None]
    assert [(Path(each["path"]).name, each["state"]) for each in files] == [
        ("open.yml", "error"),
        ("macros.conf", "error"),
    ]


def test_a_problem_in_a_shared_macro_names_the_detection(tocsin: Tocsin, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    macro(mine, "shared", 'search user="open')
    for name in ("One", "Two"):
        detection(mine, name, "eventName=PutImage | `shared`")
    err = tocsin("check", mine, code=2).err
    assert err.count("error[unclosed-quote]") == 2
    assert "= note: in the detection `One`" in err
    assert "= note: in the detection `Two`" in err


def test_an_empty_folder_holds_nothing_to_check(tocsin: Tocsin, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "0 detections: 0 ready" in tocsin("check", tmp_path / "empty", code=None).out
