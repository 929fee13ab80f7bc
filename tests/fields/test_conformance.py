"""Runs the cases of tests/conformance/fields: what a field of the table is for a record.

A file is a list of cases: `name`; `splunk`, where the expected values come from (sections of the description that
the table was written from); `record`, the keys that matter; `fields`, name to text, list of texts (a multivalue
field), or null for a field that does not exist; `options` as in `FieldOptions`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.fields.compute import Fields, compute, load
from tocsin.cloudtrail.fields import FieldOptions, names
from tocsin.engine.protocol import Engine, Value
from tocsin.plan.demand import Demand

FOLDER = Path(__file__).parents[1] / "conformance" / "fields"
Case = dict[str, Any]


def read(path: Path) -> list[Case]:
    cases: list[Case] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return cases


FILES = {path.stem: read(path) for path in sorted(FOLDER.glob("*.yaml"))}
CASES = [(stem, case) for stem, cases in FILES.items() for case in cases]


@pytest.fixture(scope="module")
def computed(engine: Engine) -> Callable[[str, FieldOptions], dict[int, Fields]]:
    """The fields of all cases of a file at once: a column exists if any of its records has it, as in real input."""

    @cache
    def compute_file(stem: str, options: FieldOptions) -> dict[int, Fields]:
        cases = FILES[stem]
        names = frozenset(name for case in cases for name in case["fields"])
        return compute(load(engine, [case["record"] for case in cases]), Demand(names), options)

    return compute_file


@pytest.mark.parametrize(
    ("stem", "position"),
    [
        pytest.param(stem, position, id=f"{stem}: {case['name']}")
        for stem, cases in FILES.items()
        for position, case in enumerate(cases)
    ],
)
def test_case(stem: str, position: int, computed: Callable[[str, FieldOptions], dict[int, Fields]]) -> None:
    case = FILES[stem][position]
    found = computed(stem, FieldOptions(**case.get("options", {})))[position]
    expected = {name: value(each) for name, each in case["fields"].items()}
    assert {name: found[name] for name in expected} == expected


def test_every_field_has_a_case_in_which_it_exists() -> None:
    tested = {name for _, case in CASES for name, expected in case["fields"].items() if expected is not None}
    assert set(names()) <= tested


def test_names_of_cases_are_unique() -> None:
    titles = [(stem, case["name"]) for stem, case in CASES]
    assert len(titles) == len(set(titles))


def value(expected: str | list[str] | None) -> Value:
    """A list of one value is that value."""
    if not isinstance(expected, list):
        return expected
    return tuple(expected) if len(expected) > 1 else expected[0]
