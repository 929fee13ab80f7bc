import io

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from tests.sinks.made import PUSH, account, finding, week
from tocsin.risk.account import RunAccount
from tocsin.risk.finding import Finding
from tocsin.sinks.table import Table

CI = ("ci-release", "AWS Internal")
MAYA = ("maya.okafor", "AWS Internal", "eu-west-1", "v2.3.1", "web/shop", "pushed by maya.okafor")
SATURDAY = ["Sat 2026-03-07 11:02:45", "49", *MAYA]


def table(
    findings: list[Finding],
    width: int | None,
    *,
    color: bool = False,
    zone: str = "UTC",
    told: RunAccount | None = None,
) -> list[str]:
    stream = io.StringIO()
    sink = Table(stream, zone=zone, color=color, width=width)
    sink.write(findings)
    sink.close(told or RunAccount())
    return stream.getvalue().splitlines()


def test_a_wide_screen_shows_a_finding_in_a_line() -> None:
    lines = table(week(), 200)
    assert lines[:4] == [
        "Pushes At Night",
        "Anomaly, risk score 49, T1204.003 Malicious Image (Execution), T9999",
        "3 findings, in all of them: eventName=PutImage  phase=release  userName is user",
        "",
    ]
    cells = [[cell.strip() for cell in line.split("  ") if cell] for line in lines[4:9]]
    assert cells == [
        ["when (UTC)", "score", "user", "src_ip", "awsRegion", "imageTag", "repository", "message"],
        SATURDAY,
        ["Mon 2026-03-02 02:10:11", "49", *CI, "eu-west-1", "nightly", "data/etl", "pushed by ci-release"],
        ["to Sun 2026-03-08 02:10:09"],
        ["7 records"],
    ]


def test_a_narrow_screen_puts_message_and_remaining_fields_below() -> None:
    lines = table(week(), 80)
    assert lines[5:8] == [
        "Sat 2026-03-07 11:02:45        49  maya.okafor                      AWS Internal",
        "    pushed by maya.okafor",
        "    awsRegion=eu-west-1  imageTag=v2.3.1  repository=web/shop",
    ]


def test_a_middling_screen_puts_only_the_message_below() -> None:
    lines = table(week(), 105)
    assert lines[5:7] == [
        "Sat 2026-03-07 11:02:45        49  maya.okafor              AWS Internal  eu-west-1  v2.3.1    web/shop",
        "    pushed by maya.okafor",
    ]


def test_a_pipe_gets_each_finding_on_one_line() -> None:
    lines = table(week(), None)
    cells = [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in lines[4:8]]
    assert cells[0][:4] == ["when (UTC)", "last", "records", "score"]
    assert cells[1] == ["Sat 2026-03-07 11:02:45", "1", "49", *MAYA]
    assert cells[2][:3] == ["Mon 2026-03-02 02:10:11", "Sun 2026-03-08 02:10:09", "7"]
    assert cells[2][-1] == "pushed by ci-release"


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_no_line_is_wider_than_the_screen_and_no_value_is_lost(width: int) -> None:
    long = "".join(f"{number:04}" for number in range(100))
    findings = [*week(), finding("zoë", repository=long, imageTag=("日本語", "b"))]
    lines = table(findings, width, told=account())
    assert max(map(cell_len, lines)) <= max(width, 60)
    joined = "".join(line.strip() for line in lines)
    assert long in joined
    assert "日本語, b" in joined


def test_times_are_in_the_chosen_zone_which_is_named() -> None:
    lines = table([finding(first="2026-03-07T23:30:00Z")], 200, zone="Australia/Sydney")
    assert any(line.startswith("when (Australia/Sydney)") for line in lines)
    assert any(line.startswith("Sun 2026-03-08 10:30:00") for line in lines)


def test_few_findings_show_all_their_fields() -> None:
    text = "\n".join(table(week()[:2], 80))
    assert "in all of them" not in text
    assert "phase=release" in text


def test_result_fields_that_differ_from_the_times_are_shown() -> None:
    findings = [finding(firstTime="1999-01-01T00:00:00"), *week()]
    assert "firstTime=1999-01-01T00:00:00" in "\n".join(table(findings, 80))


def test_a_field_that_some_results_lack_is_not_said_to_be_in_all() -> None:
    findings = [*week(), finding(extra="yes")]
    assert "extra=yes" in "\n".join(table(findings, 80)[3:])


def test_each_detection_has_its_own_heading() -> None:
    login = replace(PUSH, name="Logins", type="TTP", risk=None, mitre_attack=())
    lines = table([*week(), finding("eve", detection=login, score=0)], 120)
    assert lines.index("Logins") > lines.index("Pushes At Night")
    assert "1 finding" in lines


def test_escapes_in_the_data_are_shown_as_text() -> None:
    text = "\n".join(table([finding("eve\x1b[31m\u202e", source="a\nb", message="by\x07")], 120))
    assert r"eve\x1b[31m\u202e" in text
    assert r"a\nb" in text
    assert r"by\x07" in text


def test_color_is_used_only_when_asked_for() -> None:
    assert "\x1b" not in "\n".join(table(week(), 80, told=account()))
    assert "\x1b[1mPushes At Night\x1b[0m" in table(week(), 80, color=True)


def test_no_findings_are_said_to_be_none() -> None:
    lines = table([], 80)
    assert lines[0] == "No findings."


def test_the_account_ends_the_output() -> None:
    assert table(week(), None, told=account())[-1].startswith("212 files = 211 read + 1 failed")


@pytest.mark.parametrize("width", [None, 60, 100, 300])
def test_long_values_are_cut_and_that_is_said(width: int | None) -> None:
    names = tuple(f"Describe{number:03}" for number in range(133))
    many = finding(eventName=names, userAgent="x" * 1000, message=f"called {', '.join(names)}")
    lines = table([many], width)
    flat = "".join("".join(lines).split())
    assert len(lines) < 120
    assert "Describe000,Describe001" in flat
    assert "Describe132" not in flat
    assert "…97more" in flat
    assert "…600morecharacters" in flat
    assert "Longvaluesarecut." in flat


def test_what_is_not_long_is_whole_and_nothing_is_said() -> None:
    lines = table([finding(eventName=("a" * 200, "b" * 200), message="m" * 400)], None)
    assert f"{'a' * 200}, {'b' * 200}" in "\n".join(lines)
    assert "m" * 400 in "\n".join(lines)
    assert "The records behind each finding: `--format jsonl`." in lines
