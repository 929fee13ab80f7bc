"""`tocsin show`: a detection's page in the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.content import detection, macro
from tests.cli.pushes import FILTER, FLAGSHIP
from tests.cli.running import Tocsin


def test_the_page_has_everything_that_the_public_page_has(tocsin: Tocsin) -> None:
    out = tocsin("show", FLAGSHIP).out
    titles = [line for line in out.splitlines() if line and not line.startswith(" ")]
    assert titles[0] == FLAGSHIP
    for title in (
        "Description", "Facts", "ATT&CK", "Kill chain", "NIST", "CIS", "CVE", "Search", "Macros", "Required fields",
        "How to implement", "Known false positives", "Analytic story", "Risk", "References",
    ):  # fmt: skip
        assert title in titles
    for fact in (
        "Anomaly", "d4c4d4eb-3994-41ca-a25e-a82d64e125bb", "T1204.003  Malicious Image", "Execution", "Installation",
        "DE.AE", "CIS 13", "requestParameters.imageTag", "70 x 70 / 100 = 49", "Dev Sec Ops",
        "Container uploaded outside business hours from $user$", "https://attack.mitre.org/techniques/T1204/003/",
    ):  # fmt: skip
        assert fact in out


@pytest.mark.parametrize(
    "what",
    [
        FLAGSHIP.lower(),
        "d4c4d4eb-3994-41ca-a25e-a82d64e125bb",
        f"ESCU - {FLAGSHIP} - Rule",
        "aws_ecr_container_upload_outside_business_hours",
        "aws_ecr_container_upload_outside_business_hours.yml",
    ],
)
def test_a_detection_is_found_by_what_people_call_it(tocsin: Tocsin, what: str) -> None:
    assert tocsin("show", what).out.startswith(FLAGSHIP)


def test_a_name_that_is_nearly_right_is_suggested(tocsin: Tocsin) -> None:
    err = tocsin("show", "ECR container upload outside business hours", code=2).err
    assert f"did you mean `{FLAGSHIP}`" in err


def test_the_search_can_be_pasted(tocsin: Tocsin) -> None:
    search = searched(tocsin("show", FLAGSHIP).out)
    assert len(search) == 1
    assert search[0].startswith("  `cloudtrail` eventSource=ecr.amazonaws.com eventName=PutImage")


def searched(out: str) -> list[str]:
    return out.partition("\nSearch\n")[2].partition("\n\nMacros\n")[0].split("\n")


SEARCH = [
    "`cloudtrail` eventName=PutImage userAgent=" + "a" * 200,
    '| eval note="two  blanks,\ta tab, a \\n that is none and a quote \\"", why=replace(user, "(\\w+)", "\\1")',
    "    ```a word about the next```",
    "| stats count by user",
]


@pytest.mark.parametrize("columns", ["", "60"])
def test_a_search_is_shown_word_for_word(
    tocsin: Tocsin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    path = detection(tmp_path / "mine", "Mine", "\n".join(SEARCH) + "\n")
    assert searched(tocsin("show", path).out) == [f"  {line}" for line in SEARCH]
    assert f"\n{SEARCH[1]}\n" in tocsin("explain", path).out


def test_a_quoted_text_of_several_lines_gets_no_blanks_that_it_does_not_have(tocsin: Tocsin, tmp_path: Path) -> None:
    lines = ['`cloudtrail` eventName=PutImage | eval note="one', 'two" | stats count by user']
    path = detection(tmp_path / "mine", "Mine", "\n".join(lines))
    assert searched(tocsin("show", path).out) == lines


def test_in_a_pipe_no_word_is_broken(tocsin: Tocsin, tmp_path: Path) -> None:
    link, name = f"https://example.com/{'a' * 200}", "Name " * 20 + "n" * 100
    path = detection(tmp_path / "mine", name, "`cloudtrail` | stats count by user", references=[link])
    shown = tocsin("show", path).out
    assert f"  - {link}\n" in shown
    assert f"  {path}\n" in shown
    checked = tocsin("check", tmp_path / "mine").out
    assert f"\n{name}  Anomaly  ready\n" in checked


def test_an_overridden_macro_says_where_it_is_from(tocsin: Tocsin, tmp_path: Path) -> None:
    path = macro(tmp_path / "mine", FILTER, "search NOT user=ci-*")
    out = tocsin("show", FLAGSHIP, "--content", tmp_path / "mine").out
    flat = "".join(out.split())
    assert "searchNOTuser=ci-*" in flat
    assert "".join(str(path).split()) in flat or path.name in flat


def test_a_file_of_ones_own_has_a_page(tocsin: Tocsin, tmp_path: Path) -> None:
    path = detection(tmp_path / "mine", "Mine", "`cloudtrail` eventName=PutImage | stats count by user")
    out = tocsin("show", path).out
    assert out.startswith("Mine\n")
    assert "It was $user$" in out


@pytest.mark.parametrize("columns", ["60", "80", "200"])
def test_the_page_fits_the_width(tocsin: Tocsin, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    before, search, after = tocsin("show", FLAGSHIP).out.partition("\nSearch\n")
    lines = (before + search + after.partition("\n\nMacros\n")[2]).splitlines()
    assert [line for line in lines if len(line) > int(columns)] == []
    assert [line for line in lines if line != line.rstrip()] == []


def test_nothing_in_a_file_can_move_a_cursor(tocsin: Tocsin, tmp_path: Path) -> None:
    path = detection(
        tmp_path / "mine",
        "Red \x1b[31m",
        "eventName=PutImage | stats count by user",
        description="\x1b[2J",
        references=["\x1b]0;x\x07"],
    )
    ran = tocsin("show", path, code=None)
    assert not {"\x1b", "\x07"} & set(ran.out + ran.err)
