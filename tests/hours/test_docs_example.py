"""The page on the calendar file: its example loads, says what the page says, and fits the schema."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.hours.build import ask
from tocsin.hours import Hours, Subject, load_hours
from tocsin.hours.file import calendar_part, entry_mapping, holidays_part, load, rules_part

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "hours" / "calendar-file.md").read_text(encoding="utf-8")
SCHEMA = json.loads((ROOT / "src" / "tocsin" / "hours" / "hours.schema.json").read_text(encoding="utf-8"))


EVE = Subject(principal="arn:aws:sts::1:assumed-role/Operations/eve")
LEDGER = Subject(account="111111111111", repository="ledger/api")


def block(kind: str) -> str:
    found = re.search(rf"^```{kind}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def example(folder: Path) -> Hours:
    (folder / "hours.yml").write_text(block("yaml"), encoding="utf-8")
    (folder / "company.ics").write_text(block("ics"), encoding="utf-8")
    found = load_hours(folder / "hours.yml")
    assert found.diagnostics == ()
    assert found.hours is not None
    return found.hours


@pytest.mark.parametrize(
    ("instant", "subject", "local", "state", "reason"),
    [
        ("2024-05-24T10:00Z", Subject(user="ben"), "2024-05-24T12:00:00+02:00", "closed", "before opening"),
        ("2024-05-24T11:00Z", Subject(user="ben"), "2024-05-24T13:00:00+02:00", "open", "open"),
        ("2024-09-06T08:00Z", Subject(user="ben"), "2024-09-06T10:00:00+02:00", "closed", "closure: Company outing"),
        ("2024-11-30T10:00Z", Subject(), "2024-11-30T11:00:00+01:00", "open", "open"),
        ("2024-06-28T13:30Z", Subject(), "2024-06-28T15:30:00+02:00", "closed", "closure: inventory"),
        ("2024-06-30T08:00Z", Subject(user="anna"), "2024-06-30T10:00:00+02:00", "closed", "weekend"),
        ("2024-07-07T08:00Z", Subject(user="anna"), "2024-07-07T11:00:00+03:00", "open", "open"),
        ("2024-12-22T08:00Z", Subject(role="ci-7"), "2024-12-22T08:00:00+00:00", "closed", "freeze: year end"),
        ("2024-06-01T20:00Z", EVE, "2024-06-01T13:00:00-07:00", "open", "maintenance: database move"),
        ("2024-05-23T14:00Z", LEDGER, "2024-05-23T17:00:00+03:00", "open", "open"),
    ],
)
def test_the_example_says_whose_night_it_is(
    tmp_path: Path, instant: str, subject: Subject, local: str, state: str, reason: str
) -> None:
    found = ask(example(tmp_path), instant, subject)
    assert (found.local_time, found.state, found.reason) == (local, state, reason)


def test_the_schema_knows_the_keys_that_the_reader_knows() -> None:
    defs = SCHEMA["$defs"]
    assert set(SCHEMA["properties"]) == set(load.KEYS)
    assert set(defs["calendar"]["properties"]) == set(calendar_part.KEYS)
    assert set(defs["rule"]["properties"]) == set(rules_part.KEYS)
    assert {each["required"][0] for each in defs["rule"]["anyOf"]} == set(rules_part.CONDITIONS)
    assert set(defs["holiday source"]["oneOf"][1]["properties"]) == set(holidays_part.KEYS)
    forms = {tuple(sorted(each["required"])): set(each["properties"]) for each in defs["entry"]["anyOf"][1:-1]}
    read = {
        tuple(sorted((kind, *needed))): {kind, *needed, *others}
        for kind, (needed, others) in entry_mapping.KINDS.items()
    }
    assert forms == read


def validator() -> Any:
    return pytest.importorskip("jsonschema").Draft202012Validator(SCHEMA)


def test_the_example_fits_the_schema() -> None:
    check = validator()
    check.check_schema(SCHEMA)
    assert list(check.iter_errors(yaml.load(block("yaml"), yaml.BaseLoader))) == []


@pytest.mark.parametrize(
    "text",
    [
        "calendars: {it: {zone: UTC, week: {mo: '08:00-18:00'}}}",
        "calendars: {it: {zone: UTC, week: {mon: 8-18}}}",
        "calendars: {it: {zone: UTC, weak: {}}}",
        "calendars: {always: {zone: UTC, week: {}}}",
        "calendars: {}\nassign: [{calendar: always}]",
        "calendars: {}\nassign: [{user: a}]",
        "calendars: {}\nfreezes: [tomorrow]",
        "calendars: {}\nfreezes: [{from: 2024-01-01}]",
        "assign: []",
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(text: str) -> None:
    assert list(validator().iter_errors(yaml.load(text, yaml.BaseLoader)))
