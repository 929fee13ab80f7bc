"""The page says what the published one says, and where each macro comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.library import detection_text, generation_text, write
from tocsin.content.library import Library, load_library
from tocsin.content.page import page
from tocsin.content.page_risk import arithmetic
from tocsin.content.page_section import Bullets, Grid, Pairs, Prose, Spl

NAME = "AWS ECR Container Upload Outside Business Hours"


def blocks(library: Library, name: str, title: str) -> tuple[object, ...]:
    found = {section.title: section.blocks for section in page(library.find(name), library)}
    return found.get(title, ())


def grid(library: Library, name: str, title: str) -> tuple[tuple[str, ...], ...]:
    found = next(each for each in blocks(library, name, title) if isinstance(each, Grid))
    assert all(len(row) == len(found.columns) for row in found.rows)
    return found.rows


def pairs(library: Library, name: str, title: str) -> dict[str, str]:
    return {
        label: value for each in blocks(library, name, title) if isinstance(each, Pairs) for label, value in each.items
    }


def test_the_shipped_page_has_the_published_values() -> None:
    library = load_library([])
    assert grid(library, NAME, "ATT&CK") == (
        ("T1204.003", "Malicious Image", "Execution"),
        ("T1204", "User Execution", "Execution"),
    )
    for title, value in (("Kill chain", "Installation"), ("NIST", "DE.AE"), ("CIS", "CIS 13"), ("CVE", "none")):
        assert blocks(library, NAME, title) == (Bullets((value,)),)
    facts = pairs(library, NAME, "Facts")
    assert (facts["Type"], facts["Last updated"], facts["Version"]) == ("Anomaly", "2024-05-25", "3")
    risk = pairs(library, NAME, "Risk")
    assert (risk["Risk score"], risk["Arithmetic"]) == ("49", "70 x 70 / 100 = 49")
    story = library.stories["Dev Sec Ops"]
    assert blocks(library, NAME, "Analytic story") == (
        Bullets(("Dev Sec Ops",)), Prose(story.description), Prose(story.narrative),
    )  # fmt: skip
    assert blocks(library, NAME, "Search") == (Spl(library.find(NAME).search.text),)


def test_sections_come_in_the_published_order() -> None:
    library = load_library([])
    titles = [section.title for section in page(library.find(NAME), library)]
    assert titles == [
        "Description", "Facts", "ATT&CK", "Kill chain", "NIST", "CIS", "CVE", "Search", "Macros", "Required fields",
        "How to implement", "Known false positives", "Analytic story", "Risk", "References", "Test data",
    ]  # fmt: skip


def test_macros_are_shown_with_definition_and_origin() -> None:
    library = load_library([])
    assert grid(library, NAME, "Macros") == (
        ("cloudtrail", "sourcetype=aws:cloudtrail", "shipped"),
        ("security_content_ctime(field)", 'convert timeformat="%Y-%m-%dT%H:%M:%S" ctime($field$)', "shipped"),
        ("aws_ecr_container_upload_outside_business_hours_filter", "search *", "default, keeps every row"),
    )
    notes = [each.text for each in blocks(library, NAME, "Macros") if isinstance(each, Prose)]
    assert any("is empty by default" in note for note in notes)


def test_an_overridden_macro_says_what_it_overrides_and_macros_in_macros_are_listed(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a.yml": detection_text(),
            "macros.conf": "[cloudtrail]\ndefinition = `base` index=aws\n[base]\ndefinition = x\n",
        },
    )
    library = load_library([tmp_path])
    conf = str(tmp_path / "macros.conf")
    assert grid(library, "Night Push", "Macros") == (
        ("cloudtrail", "`base` index=aws", f"{conf}, overrides the shipped one"),
        ("night_push_filter", "search *", "default, keeps every row"),
        ("base", "x", conf),
    )


def test_an_undefined_macro_and_one_that_calls_itself_are_shown(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"a.yml": detection_text(filter="nobody_knows"), "macros.conf": "[cloudtrail]\ndefinition = `cloudtrail`\n"},
    )
    rows = grid(load_library([tmp_path]), "Night Push", "Macros")
    assert [row[0] for row in rows] == ["cloudtrail", "nobody_knows"]
    assert rows[1] == ("nobody_knows", "", "not defined")


@pytest.mark.parametrize("generation", ["2021", "2024", "2024-rba", "2025", "escu-6"])
def test_every_generation_has_a_page(tmp_path: Path, generation: str) -> None:
    write(tmp_path, {"a.yml": generation_text(generation)})
    library = load_library([tmp_path])
    assert grid(library, "Night Push", "Risk") == (("user", "user", "52"),)
    assert pairs(library, "Night Push", "Facts")["YAML dialect"] == generation


@pytest.mark.parametrize(
    ("impact", "confidence", "text"),
    [
        (70, 70, "70 x 70 / 100 = 49"),
        (5, 50, "5 x 50 / 100 = 2.5, rounded 2"),
        (7, 50, "7 x 50 / 100 = 3.5, rounded 4"),
    ],
)
def test_arithmetic_shows_the_rounding(impact: int, confidence: int, text: str) -> None:
    assert arithmetic(impact, confidence) == text


def test_risk_that_splunk_would_not_raise_is_said_to_be_so(tmp_path: Path) -> None:
    write(tmp_path, {"a.yml": generation_text("2024").replace("type: Anomaly", "type: Hunting")})
    notes = [each.text for each in blocks(load_library([tmp_path]), "Night Push", "Risk") if isinstance(each, Prose)]
    assert notes == ["In Splunk a detection of type Hunting raises no risk by default."]


def test_risk_without_an_object_has_its_score_and_says_why_no_event_is_written(tmp_path: Path) -> None:
    text = generation_text("2024").replace("    role:\n    - Victim\n", "    role:\n    - Attacker\n")
    library = load_library([write(tmp_path, {"a.yml": text})])
    risk = pairs(library, "Night Push", "Risk")
    assert (risk["Risk score"], risk["Arithmetic"]) == ("52", "75 x 70 / 100 = 52.5, rounded 52")
    notes = [each.text for each in blocks(library, "Night Push", "Risk") if isinstance(each, Prose)]
    assert notes == ["No field is named as a risk object, so there are findings but no risk events."]
