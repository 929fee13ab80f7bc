from __future__ import annotations

import pytest

from tests.plan.searches import expression, marked
from tocsin.diagnostics import CompileError, Severity
from tocsin.plan.expr import NULL, TRUE, Apply, Column, Constant
from tocsin.plan.functions import FUNCTIONS
from tocsin.plan.lower.call import CALLABLE, INTERNAL, NOT_YET
from tocsin.plan.text import expression as text


@pytest.mark.parametrize(
    ("written", "meaning"),
    [
        ("a + 2 * -b", "a + (2 * (-b))"),
        ("-5", "-5"),
        ('a . "-" . b', 'a . "-" . b'),
        ("b=1 and c>2 OR NOT x=y", "((b == 1) AND (c > 2)) OR (NOT (x == y))"),
        ("a=1 XOR b=2", "(a == 1) XOR (b == 2)"),
        ("'request.name' != \"x\"", "'request.name' != \"x\""),
        ('x IN ("a", b)', 'in(x, "a", b)'),
        ('x LIKE "a%"', 'like(x, "a%")'),
        ("ceil(x)", "ceiling(x)"),
        ("exact(a/b)", "a / b"),
        ('if(match(a, "^x(?<n>y)"), true(), false())', 'if(match(a, "^x(?P<n>y)"), true, false)'),
        ('replace(a, "(?<n>x)", "\\1")', 'replace(a, "(?P<n>x)", "\\\\1")'),
        ("match(a, b)", "match(a, b)"),
        ('strftime(_time, "%H")', 'strftime(_time, "%H", "Europe/Berlin")'),
        ('relative_time(now(), "-1d@d")', 'relative_time(1000, "-1d@d", "Europe/Berlin")'),
        ("case(a>1, b, true(), c)", "case(a > 1, b, true, c)"),
        ("null", "null"),
    ],
)
def test_an_eval_expression_means(written: str, meaning: str) -> None:
    assert text(expression(written)) == meaning


def test_a_chain_of_one_operator_is_one_list() -> None:
    lowered = expression(" OR ".join(f"a={number}" for number in range(20)))
    assert isinstance(lowered, Apply)
    assert (lowered.function, len(lowered.args)) == ("or", 20)


def test_null_is_a_constant_and_the_word_null_a_field() -> None:
    assert expression("null()") == NULL
    assert expression("null") == Column("null")


def test_time_is_given_and_never_asked_for() -> None:
    assert expression("now()") == expression("time()") == Constant(1000.0)


def test_searchmatch_is_a_search() -> None:
    lowered = expression('if(searchmatch("user=a* OR x"), 1, 0)')
    assert text(lowered) == 'if(user="a*" OR term(_raw, "x"), 1, 0)'


@pytest.mark.parametrize(
    ("written", "name", "place"),
    [
        ("lowr(a)", "unknown-function", "lowr"),
        ("json_extract(a)", "unsupported-function", "json_extract"),
        ("search_equal(a, b)", "unknown-function", "search_equal"),
        ("if(a=1, 2)", "wrong-arguments", "if"),
        ("now(1)", "wrong-arguments", "now"),
        ("strftime(a)", "wrong-arguments", "strftime"),
        ('strftime(a, "%H", "UTC")', "wrong-arguments", "strftime"),
        ("case(a=1, 2, 3)", "wrong-arguments", "case"),
        ("strftime(a, b)", "unsupported-argument", "b"),
        ("mvmap(1, a)", "unsupported-argument", "1"),
        ("mvfilter(a=b)", "unsupported-argument", "a=b"),
        ('relative_time(a, "yesterday")', "bad-time", '"yesterday"'),
        ("if(a, 1, 0)", "not-a-condition", "a"),
        ("a=1 AND b", "not-a-condition", "b"),
        ("NOT a", "not-a-condition", "a"),
        ("case(a, 1)", "not-a-condition", "a"),
        ('match(a, "(?=x)")', "unsupported-regex", '"(?=x)"'),
        ('match(a, "(x")', "bad-regex", '"(x"'),
        ("searchmatch(a)", "wrong-arguments", "searchmatch"),
        ('searchmatch("[search x]")', "unsupported-subsearch", "[search x]"),
    ],
)
def test_a_wrong_expression_is_refused_at_its_token(written: str, name: str, place: str) -> None:
    with pytest.raises(CompileError) as raised:
        expression(written)
    assert marked(raised.value.diagnostics) == [(name, place)]


def test_an_unknown_function_suggests_a_close_one() -> None:
    with pytest.raises(CompileError) as raised:
        expression("lowr(a)")
    (problem,) = raised.value.diagnostics
    assert problem.severity is Severity.error
    assert problem.help == "did you mean `lower`?"


def test_all_problems_of_an_expression_are_reported() -> None:
    with pytest.raises(CompileError) as raised:
        expression("foo(1) + bar(2)")
    assert marked(raised.value.diagnostics) == [("unknown-function", "foo"), ("unknown-function", "bar")]


def test_every_function_is_callable_or_internal_and_none_both_known_and_missing() -> None:
    assert set(FUNCTIONS) >= INTERNAL
    assert set(FUNCTIONS) == CALLABLE | INTERNAL
    assert not NOT_YET & set(FUNCTIONS)


def test_a_constant_condition_stays_one() -> None:
    assert expression("true()") == TRUE
