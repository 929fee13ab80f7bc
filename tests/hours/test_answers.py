"""Columns in, columns out: what the commands of SPL are told and answer."""

from __future__ import annotations

import math
from pathlib import Path
from random import Random

import pytest

from tocsin.hours import Hours, Subject, read_hours, verdict
from tocsin.hours.answers import business_hours
from tocsin.hours.profile import Profiles
from tocsin.hours.subject import subject_of
from tocsin.hours.told import WHO, Told
from tocsin.hours.unusual import unusual_hours
from tocsin.source import Source

TEXT = """
zone: UTC
calendars:
  berlin: {zone: Europe/Berlin, week: {mon-fri: "08:00-18:00"}}
  sydney: {zone: Australia/Sydney, week: {mon-fri: "09:00-17:00"}}
assign:
  - {user: anna, calendar: sydney}
  - {role: "ci-*", robot: true, calendar: always}
  - {account: "2", repository: "vault/*", calendar: none}
default: berlin
"""
NAMES = ("anna", "ben", None)


@pytest.fixture(scope="module")
def hours() -> Hours:
    read = read_hours(Source("hours.yml", TEXT), Path())
    assert read.hours is not None
    return read.hours


def told(rows: list[dict[str, str | float | None]]) -> Told:
    return {name: [row.get(name) for row in rows] for name in ("time", *WHO)}


def test_answers_are_the_verdicts_row_by_row(hours: Hours) -> None:
    random = Random(7)
    rows: list[dict[str, str | float | None]] = [
        {
            "time": random.randrange(1_700_000_000, 1_800_000_000) + random.choice((0, 0.5)),
            "user": random.choice(NAMES),
            "role": random.choice(("ci-x", "dev", None)),
            "kind": random.choice(("IAMUser", "AssumedRole", "Root")),
            "account": random.choice(("1", "2")),
            "repository": random.choice(("vault/a", "shop", None)),
        }
        for _ in range(2_000)
    ]
    found = business_hours(hours)(told(rows))
    for number, row in enumerate(rows):
        subject = subject_of(*(str(row.get(name) or "") for name in WHO))
        assert isinstance(row["time"], float | int)
        expected = verdict(hours, row["time"], subject)
        given = {name: found[name][number] or "" for name in found}
        assert given == {name: getattr(expected, name) for name in found}


def test_no_rows(hours: Hours) -> None:
    assert set(map(len, business_hours(hours)(told([])).values())) == {0}
    assert set(map(len, unusual_hours(Profiles(0, 0))(told([])).values())) == {0}


@pytest.mark.parametrize("time", [None, math.nan, math.inf, -1e300])
def test_no_time_is_no_error(hours: Hours, time: float | None) -> None:
    found = business_hours(hours)(told([{"time": time, "user": "anna"}]))
    assert (found["state"], found["local_time"], found["zone"]) == (["unknown"], [None], [None])
    assert unusual_hours(Profiles(0, 0))(told([{"time": time}]))["bits"] == [None]


def test_one_calendar_for_all(hours: Hours) -> None:
    found = business_hours(hours, "sydney")(told([{"time": 1_716_526_800.0, "user": "ben"}]))
    assert (found["zone"], found["rule"]) == (["Australia/Sydney"], ["calendar=sydney"])
    with pytest.raises(KeyError):
        business_hours(hours, "nowhere")


@pytest.mark.parametrize(
    ("fields", "subject"),
    [
        (("IAMUser", "arn:u", "AIDA", "anna", "1", "", "r"), Subject("arn:u", "anna", "", "", "1", "", "r", "IAMUser")),
        (
            ("AssumedRole", "", "AROA:anna@x", "", "1", "dev", "r", "shop"),
            Subject("", "", "dev", "anna@x", "1", "shop", "r", "AssumedRole"),
        ),
        (
            ("", "arn:aws:sts::1:assumed-role/dev/anna", "", "dev", "", "", ""),
            Subject("arn:aws:sts::1:assumed-role/dev/anna", "", "dev", "anna"),
        ),
        (("FederatedUser", "", "1:fay", "", "1", "broker", ""), Subject(account="1", identity="FederatedUser")),
    ],
)
def test_who_acted_is_read_from_a_records_fields(fields: tuple[str, ...], subject: Subject) -> None:
    assert subject_of(*fields) == subject
