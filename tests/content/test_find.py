"""A detection is found by whatever a person knows of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.library import detection_text, write
from tocsin.content.library import Library, load_library
from tocsin.diagnostics import UsageError


@pytest.fixture
def library(tmp_path: Path) -> Library:
    write(
        tmp_path,
        {
            "detections/cloud/night_push.yml": detection_text(),
            "detections/cloud/same.yml": detection_text("One", 2),
            "detections/web/same.yml": detection_text("Two", 3),
        },
    )
    return load_library([tmp_path], shipped=False)


@pytest.mark.parametrize(
    "text",
    [
        "Night Push",
        "night push",
        " Night Push ",
        "00000000-0000-4000-8000-000000000001",
        "ESCU - Night Push - Rule",
        "night_push",
        "night_push.yml",
        "detections/cloud/night_push.yml",
    ],
)
def test_name_id_and_file_find_it(library: Library, text: str) -> None:
    assert library.find(text).name == "Night Push"


def test_another_way_to_the_same_file_finds_it(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path / "detections")
    assert library.find("./cloud/../cloud/night_push.yml").name == "Night Push"
    assert library.find(str(tmp_path / "detections" / "web" / ".." / "cloud" / "night_push.yml")).name == "Night Push"


def test_a_slip_is_answered_with_what_was_meant(library: Library) -> None:
    with pytest.raises(UsageError, match="no detection `nihgt psuh`; did you mean `Night Push`"):
        library.find("nihgt psuh")
    with pytest.raises(UsageError, match="did you mean `Night Push`"):
        library.find("push")
    with pytest.raises(UsageError, match=r"no detection `zzz`; `tocsin check` lists"):
        library.find("zzz")


def test_a_file_name_that_fits_two_is_asked_back(library: Library) -> None:
    with pytest.raises(UsageError, match="can be any of"):
        library.find("same.yml")
    assert library.find("web/same.yml").name == "Two"


def test_a_file_outside_of_the_library_is_said_to_be_so(library: Library, tmp_path: Path) -> None:
    write(tmp_path, {"elsewhere.yml": detection_text("Else", 9)})
    with pytest.raises(UsageError, match="no part of the library"):
        library.find(str(tmp_path / "elsewhere.yml"))


@pytest.mark.parametrize("text", ["Night Push", "00000000-0000-4000-8000-000000000001", "night_push", "night_push.yml"])
def test_a_broken_one_is_named_as_such_and_hides_that_of_an_earlier_folder(
    library: Library, tmp_path: Path, text: str
) -> None:
    edited = write(tmp_path / "mine", {"detections/night_push.yml": detection_text().replace("type: TTP", "type: TPT")})
    with pytest.raises(UsageError, match=r"the detection `.*` is in error: `.*mine/detections/night_push.yml`"):
        load_library([tmp_path / "detections", edited], shipped=False).find(text)


@pytest.mark.parametrize(
    "text", ["x" * 300, "x" * 300 + ".yml", "night_push.yml/" + "x" * 300, "a\0b", "a\0b.yml", "x/" * 5000]
)
def test_what_no_file_can_be_named_finds_nothing(library: Library, text: str) -> None:
    with pytest.raises(UsageError, match=r"there is no (detection|file)") as raised:
        library.find(text)
    assert len(str(raised.value)) < 250
