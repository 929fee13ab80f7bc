"""Profiles written and read back, and what is refused with its place."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.hours.learn.people import Robot, Worker, life, runs
from tocsin.hours.learn import Gathering, learn
from tocsin.hours.profile import ProfileError, Profiles, profiles_from, profiles_of, profiles_text, read_profiles


@pytest.fixture(scope="module")
def profiles() -> Profiles:
    gathering = Gathering()
    gathering.add_all(life(Worker("anna", "Europe/Berlin"), Random(1), days=40))
    gathering.add_all(runs(Robot("ci"), Random(1), days=40))
    history = gathering.finish()
    return profiles_of(history, learn(history))


def test_what_is_written_reads_back(profiles: Profiles, tmp_path: Path) -> None:
    path = tmp_path / "profile.json"
    path.write_text(profiles_text(profiles), encoding="utf-8")
    again = read_profiles(path)
    assert again.profiles == profiles.profiles
    assert profiles_text(again) == profiles_text(profiles)
    assert (again.since, again.until, again.slot_days) == (profiles.since, profiles.until, profiles.slot_days)


def test_one_principal_a_line(profiles: Profiles) -> None:
    assert len(profiles_text(profiles).splitlines()) == len(profiles.profiles) + 2


def test_no_profiles_are_a_file_as_well() -> None:
    assert profiles_from(profiles_text(Profiles(0, 0)).encode(), "x").profiles == {}


def broken(profiles: Profiles, change: Any) -> bytes:
    data = json.loads(profiles_text(profiles))
    change(data)
    return json.dumps(data).encode()


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda data: data.update(version=2), "$.version"),
        (lambda data: data.update(format="other"), "$.format"),
        (lambda data: data.update(more=1), "more"),
        (lambda data: data["principals"][0]["days"].pop(), "$.principals[0].days"),
        (lambda data: data["principals"][0]["calls"].__setitem__(3, -1), "$.principals[0].calls["),
        (lambda data: data["principals"][1].update(zone="Mars/Phobos"), "$.principals[1].zone"),
        (lambda data: data["principals"][1].update(zone="../../etc/passwd"), "$.principals[1].zone"),
        (lambda data: data["principals"][1].update(kind="ghost"), "$.principals[1].kind"),
        (lambda data: data["principals"].append(data["principals"][0]), "$.principals[2]"),
        (lambda data: data["principals"][0].update(dates="many"), "$.principals[0].dates"),
        (lambda data: data.update(until=10**18), "$.until"),
        (lambda data: data.pop("since"), "since"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_its_place(profiles: Profiles, change: Any, place: str) -> None:
    with pytest.raises(ProfileError) as caught:
        profiles_from(broken(profiles, change), "profile.json")
    assert str(caught.value).startswith("profile.json: ")
    assert place in str(caught.value)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff\xfe", b"null", b"[" * 100_000])
def test_what_is_no_profile_at_all_is_refused(data: bytes) -> None:
    with pytest.raises(ProfileError):
        profiles_from(data, "profile.json")


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="cannot read"):
        read_profiles(tmp_path / "none.json")
    with pytest.raises(ProfileError):
        read_profiles(tmp_path)
