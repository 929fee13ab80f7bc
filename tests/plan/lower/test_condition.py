from __future__ import annotations

import pytest

from tests.plan.searches import CONTEXT, composed, condition, lowered, marked, problems
from tocsin.diagnostics import CompileError
from tocsin.plan.expr import TRUE, Apply, Column, Constant
from tocsin.plan.lower import Modifiers, lower_search
from tocsin.plan.nodes import Scan
from tocsin.plan.text import expression as text
from tocsin.spl.parser import parse_search


@pytest.mark.parametrize(
    ("search", "meaning"),
    [
        ("eventName=PutImage", 'eventName="PutImage"'),
        ('"requestParameters.acl"=private', "'requestParameters.acl'=\"private\""),
        ("a b OR c d", 'term(_raw, "a") AND (term(_raw, "b") OR term(_raw, "c")) AND term(_raw, "d")'),
        ('"two words"', 'phrase(_raw, "two words")'),
        ("errorCode=*", "errorCode=*"),
        ("errorCode!=*", "false"),
        ("NOT errorCode=*", "NOT errorCode=*"),
        ("userAgent!=X", 'userAgent!="X"'),
        ("NOT user=x", 'NOT user="x"'),
        ("hour>=20", 'hour>="20"'),
        ('user IN (a, "b c", d*)', 'user="a" OR user="b c" OR user="d*"'),
        ("user IN (a)", 'user="a"'),
        ('a=""', 'a=""'),
        ("a=NULL", 'a="NULL"'),
    ],
)
def test_a_search_expression_means(search: str, meaning: str) -> None:
    assert text(condition(search)) == meaning


@pytest.mark.parametrize("search", ["", "*", "search *", "search", '"*"'])
def test_a_search_for_anything_is_true(search: str) -> None:
    leaf = lowered(search or "search").plan
    assert isinstance(leaf, Scan)
    assert leaf.condition == TRUE


def test_the_right_side_is_text_even_if_a_field_has_that_name() -> None:
    assert condition("a=b") == Apply("search_equal", (Column("a"), Constant("b")))


@pytest.mark.parametrize("block", ["10.0.0.0/8", '"10.0.0.1/8"', "2001:db8::/32"])
def test_a_value_that_is_a_block_of_addresses_matches_those_inside(block: str) -> None:
    assert condition(f"src={block}") == Apply("search_cidr", (Column("src"), Constant(block.strip('"'))))


@pytest.mark.parametrize("value", ["10.0.0.0/33", "a/8", "10.*/8", "/8", "10.0.0.1"])
def test_a_value_that_is_no_block_is_text(value: str) -> None:
    assert condition(f"src={value}") == Apply("search_equal", (Column("src"), Constant(value)))


def test_unequal_to_a_block_needs_the_field_and_lies_outside() -> None:
    assert text(condition("src!=10.0.0.0/8")) == 'src!="10.0.0.0/8" AND (NOT src="10.0.0.0/8")'


def test_time_modifiers_leave_the_condition_and_the_last_one_holds() -> None:
    expression = parse_search(composed("earliest=-2h a=1 (earliest=-1h@h latest=now)"))
    assert lower_search(expression, CONTEXT) == (condition("a=1"), Modifiers("-1h@h", "now"))


def test_older_time_modifiers_count_back_from_now() -> None:
    expression = parse_search(composed("starthoursago=168 endhoursago=1"))
    assert lower_search(expression, CONTEXT) == (TRUE, Modifiers("-168h", "-1h"))


def test_a_time_modifier_under_or_is_refused_at_its_place() -> None:
    assert marked(problems("a=1 OR earliest=-1h")) == [("misplaced-time-modifier", "earliest=-1h")]
    assert marked(problems("a=1 | where b=1 | search latest=now")) == [("misplaced-time-modifier", "latest=now")]


def test_a_subsearch_is_refused_where_it_stands() -> None:
    assert marked(problems("a=1 [search b=1 | fields c]")) == [("unsupported-subsearch", "[search b=1 | fields c]")]


def test_every_problem_of_a_search_is_reported() -> None:
    with pytest.raises(CompileError) as raised:
        lower_search(parse_search(composed("req*=1 OR latest=now")), CONTEXT)
    assert marked(raised.value.diagnostics) == [("wildcard-field", "req*=1"), ("misplaced-time-modifier", "latest=now")]


def test_the_place_of_a_field_is_its_name_alone() -> None:
    compared = condition('"a b" = 1')
    assert isinstance(compared, Apply)
    assert compared.args[0].span is not None
    assert compared.args[0].span.text == '"a b"'
