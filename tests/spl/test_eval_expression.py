"""Eval expressions: precedence, names, literals, and what is refused."""

from __future__ import annotations

import pytest

from tests.spl.reading import problems, whole
from tocsin.spl.ast import Binary, Call, Expr, FieldRef, Number, Text, Unary
from tocsin.spl.parser import parse, parse_expression
from tocsin.spl.printer import print_expr


def read(text: str) -> Expr:
    return parse_expression(whole(text))


def shape(expression: Expr) -> str:
    """Every operation in parentheses."""
    match expression:
        case Binary():
            return f"({shape(expression.left)} {expression.op} {shape(expression.right)})"
        case Unary():
            return f"({expression.op} {shape(expression.operand)})"
        case Call():
            return f"{expression.function}[{', '.join(map(shape, expression.args))}]"
        case Text():
            return repr(expression.value)
        case Number():
            return expression.text
        case FieldRef():
            return expression.name


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a OR b AND c", "(a or (b and c))"),
        ("a AND b OR c AND d", "((a and b) or (c and d))"),
        ("a XOR b OR c", "(a xor (b or c))"),
        ("NOT a=1 AND b", "((not (a = 1)) and b)"),
        ("NOT a AND NOT b", "((not a) and (not b))"),
        ("NOT NOT a", "(not (not a))"),
        ("a AND NOT b=c OR d", "((a and (not (b = c))) or d)"),
        ("a == 1", "(a = 1)"),
        ("a+b*c", "(a + (b * c))"),
        ("a-b-c", "((a - b) - c)"),
        ("a/b%c", "((a / b) % c)"),
        ('a . " " . b + 1', "(((a . ' ') . b) + 1)"),
        ("a+1 > b-2", "((a + 1) > (b - 2))"),
        ("-a*b", "((- a) * b)"),
        ("a--b", "(a - (- b))"),
        ("(a OR b) AND c", "((a or b) and c)"),
        ("a and b Or not c", "((a and b) or (not c))"),
        ('x LIKE "a%" AND y', "(like[x, 'a%'] and y)"),
        ('x IN ("a", 1) OR y', "(in[x, 'a', 1] or y)"),
        ("NOT x in (1)", "(not in[x, 1])"),
        ("a + 1 IN (2)", "in[(a + 1), 2]"),
        ("a != b", "(a != b)"),
        ("in(x, 1)", "in[x, 1]"),
        ("like(x, y)", "like[x, y]"),
        ("IF(a > 10 and b >= c,1,0)", "if[((a > 10) and (b >= c)), 1, 0]"),
        ("null()", "null[]"),
        ("a = -1", "(a = (- 1))"),
        (".5 + 1.5e3", "(.5 + 1.5e3)"),
        ("a . .5", "(a . .5)"),
        ("'a.b{}.c-d' + 'x y'", "(a.b{}.c-d + x y)"),
        ("<<FIELD>> + total_<<MATCHSTR>>", "(<<FIELD>> + total_<<MATCHSTR>>)"),
        ("größe > 1", "(größe > 1)"),
    ],
)
def test_operators_bind_as_in_splunk(text: str, tree: str) -> None:
    assert shape(read(text)) == tree


def test_chains_of_and_and_or_are_balanced() -> None:
    assert shape(read("a OR b OR c OR d")) == "((a or b) or (c or d))"
    expression = read(" OR ".join(f"a={i}" for i in range(4000)))
    assert print_expr(expression).count(" OR ") == 3999


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'"\d+"', r"\d+"),
        (r'"\\d+"', r"\d+"),
        (r'"\\\\"', r"\\"),
        (r'"(.*\\\)"', r"(.*\\)"),
        (r'"^[^\\\]+\\\\"', r"^[^\\]+\\"),
        (r'"\\.exe$"', r"\.exe$"),
        (r'"say \"no\""', 'say "no"'),
        (r'"a\nb"', r"a\nb"),
        ('"a\nb"', "a\nb"),
        ('"`"', "`"),
        ('"it\'s | [ ok ]"', "it's | [ ok ]"),
    ],
)
def test_regular_expressions_survive_in_texts(text: str, value: str) -> None:
    tree = read(text)
    assert isinstance(tree, Text)
    assert tree.value == value


def test_spans_are_those_of_the_text() -> None:
    tree = read(" if( a>1 , (b . c) , -d ) ")
    assert isinstance(tree, Call)
    assert [tree.span.text, *(arg.span.text for arg in tree.args)] == ["if( a>1 , (b . c) , -d )", "a>1", "b . c", "-d"]
    wide = read("(a) + (b)")
    assert wide.span.text == "(a) + (b)"


@pytest.mark.parametrize(
    ("text", "dotted"),
    [
        ("userIdentity.userName", ["userIdentity.userName"]),
        ("match(a.b, c.d.e)", ["a.b", "c.d.e"]),
        ("a . b", []),
        ('a."x".b', []),
        ("'a.b'", []),
        ("a.tostring(b)", []),
    ],
)
def test_a_dot_between_bare_names_is_warned_of(text: str, dotted: list[str]) -> None:
    found = parse(whole(f"* | where x={text}")).warnings
    assert [each.span.text for each in found if each.span] == dotted
    assert {each.name for each in found} <= {"unquoted-dotted-field"}


@pytest.mark.parametrize(
    ("text", "name", "at"),
    [
        ("", "unexpected-end", ""),
        ("a +", "unexpected-end", ""),
        ("(a", "unclosed-parenthesis", "("),
        ("if(a, b", "unclosed-parenthesis", "("),
        ("if(a b)", "unexpected-token", "b"),
        ("a)", "unexpected-token", ")"),
        ("a b", "unexpected-token", "b"),
        ("f(a,)", "unexpected-token", ")"),
        ("AND a", "unexpected-token", "AND"),
        ("and(a)", "unexpected-token", "and"),
        ("a AND OR b", "unexpected-token", "OR"),
        ("a = b = c", "chained-comparison", "="),
        ("a < b < c", "chained-comparison", "<"),
        ("10k", "malformed-number", "10k"),
        ("1.2.3", "malformed-number", "1.2.3"),
        ("a{}", "unexpected-token", "{"),
        ("$a$", "unexpected-token", "$"),
        ("'a", "unexpected-token", "'"),
        ("x NOT IN (a)", "unexpected-token", "NOT"),
        ("x IN a", "unexpected-token", "a"),
        ("[ search a ]", "unsupported-subsearch", "[ search a ]"),
        ("1" + "+1" * 300, "nested-too-deep", "1"),
        ("(" * 101 + "a" + ")" * 101, "nested-too-deep", "("),
        ("NOT " * 300 + "a", "nested-too-deep", "NOT"),
        ("f(" * 101 + "a" + ")" * 101, "nested-too-deep", "("),
    ],
)
def test_what_cannot_be_read_is_reported_at_its_token(text: str, name: str, at: str) -> None:
    found = problems(lambda: read(text))[0]
    assert (found.name, found.span.text if found.span else "") == (name, at)


@pytest.mark.parametrize(
    "text",
    [
        "a AND (b AND c)",
        "(a OR b) AND c",
        "a - (b - c)",
        "a - b - c",
        "(a = b) = c",
        "NOT (a AND b)",
        "(NOT a) = b",
        "-(a + b)",
        "'and' + 'a b'",
        "a XOR (b XOR c)",
    ],
)
def test_printing_keeps_the_parentheses_that_matter(text: str) -> None:
    assert print_expr(read(text)) == text
