"""`tocsin hours`: from CloudTrail files to a calendar file, its picture, and a verdict in words."""

from __future__ import annotations

import gzip
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from tests.hours.learn.company import NIGHT, VICTIM
from tests.hours.learn.people import Robot, Worker, life, runs, subject_of
from tocsin.cli import exits
from tocsin.cli.heat_map import BLOCKS, PLAIN, heat_map, shades
from tocsin.cli.hours_history import subject_of as subject_of_record
from tocsin.cli.main import entry
from tocsin.hours import Subject, load_hours, verdict
from tocsin.hours.learn import Principal, Sighting
from tocsin.hours.profile import read_profiles, surprise

NOW = ["--now", "2024-06-01T00:00Z", "--jobs", "1"]
HOURS = """calendars:
  berlin:
    zone: Europe/Berlin
    week:
      mon-fri: 08:00-18:00
    holidays: DE
    closed: [2024-05-21 outing]
assign:
  - user: anna
    calendar: berlin
  - name: builders
    role: ci-*
    robot: true
    calendar: always
freezes: [2024-12-20 00:00Z to 2024-12-27 00:00Z year end]
"""


def tocsin(*arguments: str) -> int:
    with pytest.raises(SystemExit) as caught:
        entry(list(arguments))
    assert isinstance(caught.value.code, int)
    return caught.value.code


def record(seen: Sighting, number: int) -> dict[str, Any]:
    subject = seen.subject
    identity: dict[str, Any] = {"type": subject.identity, "accountId": subject.account, "arn": subject.principal}
    if subject.role:
        session = {"mfaAuthenticated": "true" if seen.person else "false"}
        identity["arn"] = f"arn:aws:sts::{subject.account}:assumed-role/{subject.role}/{subject.session}"
        identity["sessionContext"] = {"sessionIssuer": {"userName": subject.role}, "attributes": session}
    if subject.user:
        identity["userName"] = subject.user
    return {
        "eventVersion": "1.08",
        "eventID": f"00000000-0000-4000-8000-{number:012d}",
        "eventTime": _iso(seen.start),
        "eventSource": "ecr.amazonaws.com",
        "eventName": "PutImage",
        "awsRegion": subject.region,
        "sourceIPAddress": seen.address,
        "userAgent": seen.agent,
        "userIdentity": identity,
        "recipientAccountId": subject.account,
        **({"errorCode": "AccessDenied"} if seen.failed else {}),
    }


def _iso(at: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def history() -> Iterator[Sighting]:
    yield from life(VICTIM, Random(1), days=90)
    yield from life(NIGHT, Random(2), days=90)
    yield from runs(Robot("ci-images"), Random(3), days=90)
    yield from life(Worker("newcomer", "Europe/Berlin"), Random(4), days=4)
    root = Subject(account="111111111111", identity="Root", principal="arn:aws:iam::111111111111:root")
    yield Sighting(root, 1_710_000_000, 1_710_000_000, failed=True)
    yield Sighting(Subject(), 1_710_000_000, 1_710_000_000)


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("logs"), history())


def written(folder: Path, sightings: Iterator[Sighting]) -> Path:
    records = [record(seen, number) for number, seen in enumerate(sightings)]
    for part in range(3):
        with gzip.open(folder / f"part{part}.json.gz", "wt", encoding="utf-8") as file:
            json.dump({"Records": records[part::3]}, file)
    return folder


@pytest.fixture(scope="module")
def learned(logs: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("learned")
    hours, profile = folder / "hours.yml", folder / "profile.json"
    code = tocsin("hours", "learn", str(logs), "-o", str(hours), "--profile", str(profile), *NOW)
    assert code == exits.DONE
    return hours, profile


def test_history_becomes_a_calendar_file(learned: tuple[Path, Path]) -> None:
    read = load_hours(learned[0])
    assert read.hours is not None
    inside, night = 1_715_760_000, 1_715_738_400  # Wednesday 2024-05-15, 10:00 and 04:00 in Berlin
    assert verdict(read.hours, inside, subject_of(VICTIM)).state == "open"
    assert verdict(read.hours, night, subject_of(VICTIM)).state == "closed"
    assert verdict(read.hours, night, subject_of(NIGHT)).state == "unknown"
    robot = verdict(read.hours, night, Subject(role="ci-images", session="1706000000000000000"))
    assert (robot.state, robot.robot) == ("open", True)


def test_history_becomes_profiles(learned: tuple[Path, Path]) -> None:
    profiles = read_profiles(learned[1])
    found = surprise(profiles, Principal("session", "victim@example.com"), 1_715_738_400)
    assert found.bits is not None and found.usual is not None
    assert found.bits > found.usual + 6


def test_words_tell_what_was_learned_and_what_was_not(logs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tocsin("hours", "learn", str(logs), "-o", "-", *NOW) == exits.DONE
    out, err = capsys.readouterr()
    assert out.startswith("# Business hours, learned from history")
    assert "1 person and 1 robot believed, 1 to review, 2 with too little history" in err
    assert "taught nothing: 1 call that failed" in err
    assert "taught nothing: 1 call by nobody who is named" in err
    assert "? night@example.com: " in err
    assert "not matched + 0 duplicates" in err


def split_days() -> Iterator[Sighting]:
    worker = Worker("anna", "Europe/Berlin", 9, 15, region="eu-central-1", late=0)
    yield from life(worker, Random(1), days=70)
    yield from life(replace(worker, begin=21, end=23, calls=4, away=0.5), Random(2), days=70)


def test_what_is_held_back_of_somebody_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logs = written(tmp_path, split_days())
    assert tocsin("hours", "learn", str(logs), *NOW) == exits.DONE
    err = capsys.readouterr().err
    assert "1 person and 0 robots believed" in err
    assert "? anna@example.com: held back: 20:00-" in err
    assert tocsin("hours", "learn", str(logs), *NOW, "--adopt", "anna@example.com") == exits.DONE
    assert "held back" not in capsys.readouterr().err


def test_the_last_file_is_kept_and_differences_are_shown(
    logs: Path, learned: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    last, new = tmp_path / "last.yml", tmp_path / "new.yml"
    last.write_text(learned[0].read_text().replace("mon-fri: 07:30-19:30", "mon-fri: 10:00-12:00"))
    arguments = ("hours", "learn", str(logs), "--since", str(last), "-o", str(new), *NOW)
    assert tocsin(*arguments) == exits.DONE
    err = capsys.readouterr().err
    assert "! victim@example.com: wider hours" in err or "10:00" not in last.read_text()
    before, after = load_hours(last).hours, load_hours(new).hours
    assert before is not None and after is not None
    assert before.calendars == after.calendars
    assert tocsin(*arguments, "--adopt", "night@example.com", "--adopt", "newcomer@example.com", "--adopt", "x") == 0
    err = capsys.readouterr().err
    assert "+ night@example.com: new" in err
    assert "--adopt newcomer@example.com: too little history" in err
    assert "--adopt x: nobody of that name was seen" in err


def test_countries_of_addresses_are_evidence(logs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "countries.csv"
    table.write_text("198.51.100.0/24,DE\n")
    assert tocsin("hours", "learn", str(logs), "--countries", str(table), *NOW) == exits.DONE
    assert "addresses of DE 100 %" in " ".join(capsys.readouterr().out.replace("#", " ").split())
    table.write_text("198.51.100.0/24,DE\nnonsense\n")
    assert tocsin("hours", "learn", str(logs), "--countries", str(table), *NOW) == exits.WRONG
    assert "line 2: " in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--zone", "Mars/Phobos"),
        ("--since", "pyproject-that-is-not-there.yml"),
        ("--slot-days", "1"),
        ("--half-life", "0"),
    ],
)
def test_wrong_options_are_wrong_usage(logs: Path, arguments: tuple[str, ...]) -> None:
    assert tocsin("hours", "learn", str(logs), *arguments) == exits.WRONG


def test_a_last_file_in_error_is_told_and_nothing_is_written(logs: Path, tmp_path: Path) -> None:
    last, new = tmp_path / "last.yml", tmp_path / "new.yml"
    last.write_text("calendars: {a: {zone: Mars/Phobos, week: {mon: 08:00-09:00}}}\n")
    assert tocsin("hours", "learn", str(logs), "--since", str(last), "-o", str(new)) == exits.WRONG
    assert not new.exists()


def test_what_cannot_be_read_is_told_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "broken.json").write_text('{"Records": [{"eventTime": ')
    assert tocsin("hours", "learn", str(tmp_path), *NOW) == exits.UNREAD
    assert "learned: 0 principals" in capsys.readouterr().err


def test_show_draws_each_week_and_who_is_assigned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "hours.yml"
    path.write_text(HOURS)
    assert tocsin("hours", "show", str(path), "--day", "2024-05-22") == exits.DONE
    lines = capsys.readouterr().out.splitlines()
    rows = {line.split()[0]: line.split()[1] for line in lines if line.startswith("  ") and len(line.split()) == 2}
    assert rows["Wed"] == BLOCKS[0] * 16 + BLOCKS[-1] * 20 + BLOCKS[0] * 12
    assert rows["Mon"] == rows["Tue"] == rows["Sun"] == BLOCKS[0] * 48, "Whit Monday, outing, Sunday"
    text = "\n".join(lines)
    for words in (
        "berlin  (Europe/Berlin; week of 2024-05-20, line 2)",
        "2024-10-03 Thu  German Unity Day",
        "2024-05-21  outing  (line 7)",
        "rule 1: user anna",
        "rule 2: robots: role ci-*  [builders (line 11)]",
        "year end",
        "no default: whoever no rule matches is unknown",
    ):
        assert words in text


def test_show_falls_back_to_plain_signs() -> None:
    assert shades("utf-8") == BLOCKS
    assert shades("ascii") == shades(None) == shades("no-such-encoding") == PLAIN
    rows = [[0.0, 0.2, 0.5, 0.8, 1.0, *[0.0] * 19]] * 7
    lines = list(heat_map(rows, PLAIN))
    assert len(lines) == 8
    assert lines[1] == "Mon  ..--++**##" + ".." * 19
    assert lines[0].split() == [str(hour) for hour in range(0, 24, 3)]
    assert lines[0].index("9") == 5 + 2 * 9


@pytest.mark.parametrize("arguments", [("--calendar", "paris"), ("--day", "yesterday")])
def test_show_refuses_what_there_is_not(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    path = tmp_path / "hours.yml"
    path.write_text(HOURS)
    assert tocsin("hours", "show", str(path), *arguments) == exits.WRONG


def explained(tmp_path: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    path = tmp_path / "hours.yml"
    path.write_text(HOURS)
    assert tocsin("hours", "explain", str(path), *arguments) == exits.DONE
    return capsys.readouterr().out


def test_explain_says_the_verdict_and_everything_behind_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = explained(tmp_path, capsys, "--user", "anna", "--at", "2024-05-24T19:30Z")
    path = tmp_path / "hours.yml"
    assert text.splitlines() == [
        "anna is outside business hours: after closing.",
        "  instant     2024-05-24T19:30:00Z",
        "  local time  2024-05-24T21:30:00+02:00 (Europe/Berlin)",
        f"  calendar    berlin ({path}:2)",
        f"  decided by  rule 1 ({path}:9)",
        "  because     user is one of anna",
        "  next        opens Mon 2024-05-27 08:00+02:00",
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--user", "anna", "--at", "2024-05-24T08:30Z"), "anna is inside business hours: open."),
        (("--user", "anna", "--at", "2024-05-24T08:30Z"), "closes Fri 2024-05-24 18:00+02:00 (after closing)"),
        (("--user", "anna", "--at", "2024-05-20T08:30Z"), "outside business hours: holiday: Whit Monday"),
        (("--user", "anna", "--at", "2024-05-21T08:30Z"), "entry       closure: outing, at line 7"),
        (("--user", "anna", "--at", "2024-12-23T08:30Z"), "freeze: year end"),
        (("--user", "anna", "--at", "2024-05-24T08:30"), "instant     2024-05-24T08:30:00Z"),
        (("--user", "anna", "--at", "2024-05-24T08:30+02:00"), "instant     2024-05-24T06:30:00Z"),
        (("--user", "anna", "--at", "@d"), "T00:00:00Z"),
        (("--role", "ci-build", "--at", "0"), "ci-build, a robot, is inside business hours: open."),
        (("--role", "ci-build", "--at", "0"), "open for a year at least"),
        (("--session", "zoe", "--account", "1", "--at", "0"), "Whether zoe keeps hours is unknown."),
    ],
)
def test_explain_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    assert words.replace("Whit Monday", "Pentecost Monday") in explained(tmp_path, capsys, *arguments).replace(
        "Whit Monday", "Pentecost Monday"
    )


@pytest.mark.parametrize("arguments", [(), ("--user", "anna", "--at", "teatime")])
def test_explain_asks_for_somebody_and_a_time(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    path = tmp_path / "hours.yml"
    path.write_text(HOURS)
    assert tocsin("hours", "explain", str(path), *arguments) == exits.WRONG


def test_a_calendar_file_in_error_is_wrong_content(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "hours.yml"
    path.write_text("calendars: {a: {zone: Mars/Phobos, week: {mon: 08:00-09:00}}}\n")
    for verb in (("show",), ("explain", "--user", "anna")):
        assert tocsin("hours", verb[0], str(path), *verb[1:]) == exits.WRONG
        assert "error[unknown-zone]" in capsys.readouterr().err


def test_hours_are_named_in_the_help_and_load_no_engine() -> None:
    import subprocess

    code = (
        "import sys; from tocsin.cli.main import tocsin; "
        "tocsin(['hours', '--help'], standalone_mode=False); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "explain" in done.stdout
    assert not set(done.stdout.splitlines()[-1].split()) & {"duckdb", "pyarrow", "yaml", "holidays"}


def test_an_output_that_cannot_show_blocks_gets_plain_signs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "hours.yml"
    path.write_text(HOURS)
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii", write_through=True))
    assert tocsin("hours", "show", str(path), "--day", "2024-05-22", "--calendar", "berlin") == exits.DONE
    assert b"####" in raw.getvalue()


@pytest.mark.parametrize(
    ("fields", "subject"),
    [
        (
            ("AssumedRole", "arn:aws:sts::1:assumed-role/Dev/anna", "AROA:anna", "", "1", "Dev", "r"),
            Subject("arn:aws:sts::1:assumed-role/Dev/anna", "", "Dev", "anna", "1", "", "r", "AssumedRole"),
        ),
        (
            ("AssumedRole", "", "AROA:anna", "", "1", "Dev", ""),
            Subject("", "", "Dev", "anna", "1", "", "", "AssumedRole"),
        ),
        (
            ("AssumedRole", "arn:aws:sts::1:assumed-role/Dev/anna", "", "", "1", "", ""),
            Subject("arn:aws:sts::1:assumed-role/Dev/anna", "", "Dev", "anna", "1", "", "", "AssumedRole"),
        ),
        (
            ("IAMUser", "arn:aws:iam::1:user/x/anna", "AIDA", "anna", "1", "", ""),
            Subject("arn:aws:iam::1:user/x/anna", "anna", "", "", "1", "", "", "IAMUser"),
        ),
        (("AWSService", "", "", "", "", "", ""), Subject(identity="AWSService")),
        (("", "", "", "", "", "", ""), Subject()),
    ],
)
def test_who_acted_is_read_from_a_records_fields(fields: tuple[str, ...], subject: Subject) -> None:
    assert subject_of_record(*fields) == subject
