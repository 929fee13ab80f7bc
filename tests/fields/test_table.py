from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from tocsin.cloudtrail.fields import FieldOptions, Kind, describe, expression, names, stages
from tocsin.cloudtrail.fields.action import LISTED
from tocsin.cloudtrail.fields.change_type import CALLS as CHANGES
from tocsin.cloudtrail.fields.compile import is_earlier
from tocsin.cloudtrail.fields.object_category import CALLS as CATEGORIES
from tocsin.cloudtrail.request import OFFSET, TIME
from tocsin.plan.expr import Column, columns
from tocsin.plan.infer import infer

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", names())
def test_every_field_compiles_to_an_expression_with_a_type(name: str) -> None:
    for options in (FieldOptions(), FieldOptions(user_fallback=True)):
        made = expression(name, options)
        assert made is not None
        infer(made, {})


@pytest.mark.parametrize("name", names())
def test_every_field_is_described(name: str) -> None:
    doc = describe(name)
    assert doc is not None
    assert doc.name == name
    assert doc.definition
    assert doc.doc.endswith(".")
    assert "\n" not in doc.doc


def test_what_is_no_field_is_a_leaf() -> None:
    assert expression("userIdentity.userName", FieldOptions()) is None
    assert describe("userIdentity.userName") is None


def test_calculated_fields_do_not_see_one_another() -> None:
    made = expression("msg", FieldOptions())
    assert made is not None
    assert set(columns(made)) == {"errorCode"}


def test_lookups_see_the_calculated_error_code() -> None:
    made = expression("status", FieldOptions())
    assert made is not None
    assert set(columns(made)) == {"eventName", "errorCode", "responseElements.ConsoleLogin"}


def test_no_field_reads_another_ones_name_but_the_error_code_and_the_text() -> None:
    read = {name for field in names() for name in columns(expression(field, FieldOptions()) or Column("?"))}
    assert read & set(names()) == {"errorCode", "_raw"}
    assert {TIME, OFFSET} <= read


def test_a_call_is_listed_once() -> None:
    for listed in (LISTED, *(tuple(call for _, group in table for call in group) for table in (CHANGES, CATEGORIES))):
        assert len(listed) == len(set(listed))


def test_the_page_says_what_the_table_says() -> None:
    script: dict[str, Any] = runpy.run_path(str(ROOT / "scripts" / "fields.py"))
    page = script["PAGE"]
    assert page.read_text(encoding="utf-8") == script["text"](), "run scripts/fields.py"


def test_every_kind_has_fields() -> None:
    assert {doc.kind for name in names() if (doc := describe(name))} == set(Kind)


def test_a_stage_reads_no_raw_path_that_an_earlier_stage_has_hidden() -> None:
    hidden: set[str] = set()
    for stage in stages(names()):
        for name, made in stage:
            doc = describe(name)
            assert doc is not None
            raw = {each for each in columns(made) if not is_earlier(each, doc.kind)}
            assert raw & hidden == set()
        hidden |= {name for name, _ in stage} - {"_raw"}


def test_stages_are_few_and_bring_what_a_field_is_made_from() -> None:
    assert [[name for name, _ in stage] for stage in stages(("status", "src", "no.field"))] == [
        ["errorCode", "src"],
        ["status"],
    ]
    assert [len(stage) for stage in stages(("tag::eventtype",))] == [3, 1, 1]
