"""What stands after `search`, and what it means that it stands there."""

from __future__ import annotations

import pytest

from tests.spl.reading import errors, library, problems, warnings, whole
from tocsin.spl.ast import (
    And,
    Comparison,
    InList,
    Not,
    Or,
    Pattern,
    SearchExpr,
    Subsearch,
    Term,
    TimeModifier,
)
from tocsin.spl.macros import expand
from tocsin.spl.parser import parse, parse_search
from tocsin.spl.printer import print_search

NOWHERE = whole("x").span(0, 1)


def read(text: str) -> SearchExpr | None:
    return parse_search(whole(text))


def term(text: str, *, quoted: bool = False) -> Term:
    return Term(text, quoted, span=NOWHERE)


def compare(field: str, op: str, text: str, *, quoted: bool = False) -> Comparison:
    return Comparison(field, op, Pattern(text, quoted, span=NOWHERE), span=NOWHERE)


def all_of(*items: SearchExpr) -> And:
    return And(items, span=NOWHERE)


def any_of(*items: SearchExpr) -> Or:
    return Or(items, span=NOWHERE)


A, B, C, D = (term(name) for name in "abcd")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a", A),
        ("a b", all_of(A, B)),
        ("a AND b", all_of(A, B)),
        ("a b OR c d", all_of(A, any_of(B, C), D)),
        ("a OR b AND c OR d", all_of(any_of(A, B), any_of(C, D))),
        ("NOT a b", all_of(Not(A, span=NOWHERE), B)),
        ("NOT a OR b", any_of(Not(A, span=NOWHERE), B)),
        ("NOT (a b)", Not(all_of(A, B), span=NOWHERE)),
        ("NOT NOT a", Not(Not(A, span=NOWHERE), span=NOWHERE)),
        ("(a b) OR c", any_of(all_of(A, B), C)),
        ("(a OR b)(c OR d)", all_of(any_of(A, B), any_of(C, D))),
        ("NOT(a)", Not(A, span=NOWHERE)),
    ],
)
def test_or_binds_tighter_than_and_and_not_tightest(text: str, tree: SearchExpr) -> None:
    assert read(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("eventName=PutImage", compare("eventName", "=", "PutImage")),
        ("eventName = PutImage", compare("eventName", "=", "PutImage")),
        ("userAgent !=x", compare("userAgent", "!=", "x")),
        ("date_hour>=20", compare("date_hour", ">=", "20")),
        ("a< 5", compare("a", "<", "5")),
        ("a<=b", compare("a", "<=", "b")),
        ("a>b", compare("a", ">", "b")),
        ('"additionalEventData.MFAUsed" = "No"', compare("additionalEventData.MFAUsed", "=", "No", quoted=True)),
        ("items{}.x-amz-acl:b@c#d=*", compare("items{}.x-amz-acl:b@c#d", "=", "*")),
        ("ip!=::1", compare("ip", "!=", "::1")),
        ("url=https://a.b/?c=d&e<f", compare("url", "=", "https://a.b/?c=d&e<f")),
        ('a=""', compare("a", "=", "", quoted=True)),
        ("a!b=c", compare("a!b", "=", "c")),
        ("host::web1", compare("host", "=", "web1")),
        ("tag::host=web", compare("tag::host", "=", "web")),
        ("TERM(10.0.0.1)", term("10.0.0.1")),
        ('"a b"', term("a b", quoted=True)),
        ("*", term("*")),
        ('"AND"', term("AND", quoted=True)),
        ("earliest=-1h@h", TimeModifier("earliest", "-1h@h", span=NOWHERE)),
        ('latest="now"', TimeModifier("latest", "now", span=NOWHERE)),
        ("latest=now()", TimeModifier("latest", "now", span=NOWHERE)),
        ("starthoursago=168", TimeModifier("starthoursago", "168", span=NOWHERE)),
        ("earliest>5", compare("earliest", ">", "5")),
        ('"earliest"=5', compare("earliest", "=", "5")),
    ],
)
def test_terms_and_comparisons(text: str, tree: SearchExpr) -> None:
    assert read(text) == tree


@pytest.mark.parametrize("text", ['a IN (b, "c d", e*)', 'a IN(b,"c d",e*)', 'a IN ( b "c d" , e* )'])
def test_lists_have_commas_or_blanks(text: str) -> None:
    patterns = (Pattern("b", span=NOWHERE), Pattern("c d", quoted=True, span=NOWHERE), Pattern("e*", span=NOWHERE))
    assert read(text) == InList("a", patterns, span=NOWHERE)
    assert read(f"NOT {text}") == Not(InList("a", patterns, span=NOWHERE), span=NOWHERE)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'a="C:\\Windows\\*"', r"C:\Windows\*"),
        (r"a=C:\\Windows\\*", r"C:\Windows\*"),
        (r'a="C:\Windows"', r"C:\Windows"),
        (r'a="say \"no\""', 'say "no"'),
        (r'a="b\|c"', "b|c"),
        (r"a=b\|c", "b|c"),
        (r'a="\*"', r"\*"),
        (r'a="\d"', r"\d"),
    ],
)
def test_a_backslash_escapes_quotes_pipes_and_itself_only(text: str, value: str) -> None:
    tree = read(text)
    assert isinstance(tree, Comparison)
    assert tree.pattern.text == value


def test_nothing_is_none() -> None:
    assert read("") is None
    assert read("  \n ") is None


def test_a_subsearch_is_a_term() -> None:
    tree = read("a NOT [ | inputlookup t | fields x ]")
    assert isinstance(tree, And)
    inner = tree.items[1]
    assert isinstance(inner, Not)
    assert isinstance(inner.item, Subsearch)
    assert len(inner.item.pipeline.commands) == 2


def test_spans_are_those_of_the_text() -> None:
    tree = read('  x  a = "b"  OR c ')
    assert isinstance(tree, And)
    assert [item.span.text for item in tree.items] == ["x", 'a = "b"  OR c']
    either = tree.items[1]
    assert isinstance(either, Or)
    first = either.items[0]
    assert isinstance(first, Comparison)
    assert (first.span.text, first.pattern.span.text) == ('a = "b"', '"b"')


@pytest.mark.parametrize(
    ("text", "name", "at"),
    [
        ("a or b", "lowercase-operator", "or"),
        ("not a", "lowercase-operator", "not"),
        ("a Xor b", "lowercase-operator", "Xor"),
        ("a in (b)", "lowercase-operator", "in"),
        ("a==b", "double-equals", "=="),
        ("a=b, c=d", "comma-in-value", "b,"),
        ('a="b"c', "glued-terms", "c"),
        ('a"b"', "glued-terms", '"'),
        ("'a b'=c", "single-quotes", "'a"),
        ("a='b'", "single-quotes", "'b'"),
        ("tstats count", "missing-pipe", "tstats"),
        ('a="`m(x)`"', "macro-in-quotes", "`m(x)`"),
    ],
)
def test_what_will_surprise_is_warned_of(text: str, name: str, at: str) -> None:
    (found,) = parse(whole(text)).warnings
    assert (found.name, found.span.text if found.span else "") == (name, at)


@pytest.mark.parametrize("text", ["a AND b OR NOT c", "x=or", '"or"', "a=b,c", 'a IN ("b","c")', 'eventtype="a`b"'])
def test_what_is_right_is_not_warned_of(text: str) -> None:
    assert warnings(text) == []


@pytest.mark.parametrize(
    ("text", "name", "at"),
    [
        ("a AND", "unexpected-end", ""),
        ("OR a", "unexpected-token", "OR"),
        ("a NOT", "unexpected-end", ""),
        ("NOT OR a", "unexpected-token", "OR"),
        ("user NOT IN (a)", "unexpected-token", "IN"),
        ("a)", "unexpected-token", ")"),
        ("(a", "unclosed-parenthesis", "("),
        ("()", "unexpected-token", ")"),
        ("a=", "missing-value", "="),
        ("(a=)", "missing-value", "="),
        ("=a", "unexpected-token", "="),
        ("a=(b OR c)", "grouped-values", "("),
        ("a=[ search b ]", "unsupported-subsearch", "[ search b ]"),
        ("a IN ()", "empty-list", "()"),
        ("a IN (b", "unclosed-parenthesis", "("),
        ("CASE(a)", "unsupported-directive", "CASE"),
        ("t >= relative_time(now(), 1)", "function-in-search", "relative_time"),
        ('a="b', "unclosed-quote", '"'),
        ("a [ search b", "unclosed-bracket", "["),
        ("a ] b", "unopened-bracket", "]"),
        ("a `b`", "unexpanded-macro", "`"),
        ("(" * 101 + "a" + ")" * 101, "nested-too-deep", "("),
        ("NOT " * 101 + "a", "nested-too-deep", "NOT"),
    ],
)
def test_what_cannot_be_read_is_reported_at_its_token(text: str, name: str, at: str) -> None:
    assert errors(text)[0] == (name, at)


def test_a_hundred_levels_are_fine() -> None:
    assert read("(" * 100 + "a" + ")" * 100) == A


def test_a_long_list_of_terms_is_no_nesting() -> None:
    tree = read(" OR ".join(f"a={i}" for i in range(5000)))
    assert isinstance(tree, Or)
    assert len(tree.items) == 5000


def test_a_command_in_a_macro_without_a_pipe_is_warned_of() -> None:
    parsed = parse(expand(whole("errorCode=success `f` | head"), library(f="search *")))
    assert [each.name for each in parsed.warnings] == ["command-in-search"]


def test_words_that_would_read_as_a_list_are_kept_apart() -> None:
    text = "a in AND (b c)"
    tree = read(text)
    assert tree is not None
    assert print_search(tree) == text


def test_parse_search_takes_no_pipes() -> None:
    assert problems(lambda: read("a | b"))[0].name == "unexpected-token"
