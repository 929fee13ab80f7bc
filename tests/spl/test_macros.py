"""Macros go in as text, and every character still leads back to where it was written."""

from __future__ import annotations

import pytest

from tests.spl.reading import library, problems, whole
from tocsin.source import Composed
from tocsin.spl.macros import Macro, calls, expand


def with_arguments(name: str, arguments: str, definition: str) -> dict[str, Macro]:
    macro = Macro(name, tuple(arguments.split()), whole(definition, f"{name}.yml"))
    return {macro.key: macro}


def expanded(text: str, macros: dict[str, Macro]) -> str:
    return expand(whole(text), macros).text


def test_a_call_becomes_its_definition() -> None:
    assert expanded("`trail` x=1", library(trail="sourcetype=a")) == "sourcetype=a x=1"


def test_macros_call_macros() -> None:
    assert expanded("`a`", library(a="1 `b` 2", b="<`c`>", c="x")) == "1 <x> 2"


@pytest.mark.parametrize(
    ("call", "result"),
    [
        ("`m(user)`", "[user]"),
        ('`m("user")`', "[user]"),
        ('`m( "a b" )`', "[a b]"),
        ('`m("a,b")`', "[a,b]"),
        ('`m("say \\"no\\"")`', '[say "no"]'),
        ("`m(f(a, b))`", "[f(a, b)]"),
        ('`m("")`', "[]"),
        ('`m("a" . "b")`', '["a" . "b"]'),
    ],
)
def test_an_argument_loses_its_outer_quotes_and_keeps_its_commas(call: str, result: str) -> None:
    assert expanded(call, with_arguments("m", "x", "[$x$]")) == result


def test_arguments_go_where_their_names_stand_even_in_quotes() -> None:
    macros = with_arguments("m", "a b", 'rename "$a$.*" as $b$ $other$ $a$')
    assert expanded("`m(x, y)`", macros) == 'rename "x.*" as y $other$ x'


def test_macros_with_another_number_of_arguments_are_other_macros() -> None:
    macros = library(m="none") | with_arguments("m", "x", "one $x$") | with_arguments("m", "x y", "two $x$ $y$")
    assert expanded("`m` `m()` `m(1)` `m(1,2)`", macros) == "none none one 1 two 1 2"


def test_comments_go_before_macros() -> None:
    assert expanded('a ```not `called` "``` b', {}) == "a   b"


def test_a_backtick_in_quotes_is_text() -> None:
    text = 'x | eval a=replace(b, "`", ""), c="`unknown`"'
    assert expanded(text, {}) == text


def test_an_escaped_quote_outside_quotes_opens_nothing() -> None:
    assert expanded('a\\" `m`', library(m="x")) == 'a\\" x'


def test_text_of_a_macro_leads_to_its_definition_and_names_the_outermost() -> None:
    text = expand(whole("q `a`"), library(a="1 `b`", b="xyz"))
    span = text.span(text.text.index("xyz"), text.text.index("xyz") + 3)
    assert (span.source.name, span.start, span.text, span.macro) == ("b.yml", 0, "xyz", "a")


def test_text_of_an_argument_leads_to_the_call() -> None:
    text = expand(whole('z `m("user")`'), with_arguments("m", "x", "by $x$"))
    span = text.span(text.text.index("user"), text.text.index("user") + 4)
    assert (span.source.name, span.start, span.text, span.macro) == ("<search>", 6, "user", None)


def test_text_after_a_call_leads_to_the_search() -> None:
    text = expand(whole("`m` tail"), library(m="long definition"))
    span = text.span(text.text.index("tail"), len(text.text))
    assert (span.start, span.end, span.macro) == (4, 8, None)


def test_unknown_macros_are_all_reported_with_a_near_name() -> None:
    found = problems(lambda: expand(whole("`cloudtrial` | `nothing_like_it`"), library(cloudtrail="x")))
    assert [(each.name, each.span.start if each.span else -1) for each in found] == [
        ("unknown-macro", 0),
        ("unknown-macro", 15),
    ]
    assert (found[0].help, found[1].help) == ("did you mean `cloudtrail`?", "")


def test_another_number_of_arguments_is_named() -> None:
    (found,) = problems(lambda: expand(whole("`m`"), with_arguments("m", "x y", "")))
    assert (found.name, found.help) == ("macro-arguments", "`m` is defined with 2")


def test_a_macro_that_calls_itself_is_reported_where_it_does() -> None:
    (found,) = problems(lambda: expand(whole("`a`"), library(a="`b`", b="x `a`")))
    assert found.name == "macro-cycle"
    assert found.span is not None
    assert (found.span.source.name, found.span.text, found.span.macro) == ("b.yml", "`a`", "a")
    assert found.help == "the calls are `a` > `b` > `a`"


def test_macros_that_multiply_end_in_an_error() -> None:
    doubling = {f"m{i}": f"`m{i + 1}``m{i + 1}`" for i in range(40)} | {"m40": ""}
    (found,) = problems(lambda: expand(whole("`m0`"), library(**doubling)))
    assert found.name == "macro-too-large"


def test_text_that_grows_without_bound_ends_in_an_error() -> None:
    growing = {f"m{i}": f"`m{i + 1}``m{i + 1}`" for i in range(9)} | {"m9": "x" * 5000}
    (found,) = problems(lambda: expand(whole("`m0`"), library(**growing)))
    assert (found.name, found.message) == ("macro-too-large", "macros expand to more than 1,048,576 characters")


def test_a_long_chain_of_macros_ends_in_an_error() -> None:
    chain = {f"m{i}": f"`m{i + 1}`" for i in range(60)} | {"m60": "x"}
    (found,) = problems(lambda: expand(whole("`m0`"), library(**chain)))
    assert found.name == "macro-too-large"


@pytest.mark.parametrize(
    ("text", "name", "at"),
    [
        ("a `b", "unclosed-macro", 2),
        ("a `b | c", "unclosed-macro", 2),
        ('`m("x`', "unclosed-macro", 0),
        ("a ```b", "unclosed-comment", 2),
        ("`a b`", "malformed-macro-call", 0),
        ("``", "malformed-macro-call", 0),
        ("`m(x`", "malformed-macro-call", 0),
    ],
)
def test_calls_that_cannot_be_read_are_reported(text: str, name: str, at: int) -> None:
    found = problems(lambda: expand(whole(text), library(b="x")))
    assert (found[0].name, found[0].span.start if found[0].span else -1) == (name, at)


def test_many_quotes_in_a_call_that_never_closes_take_no_time() -> None:
    assert problems(lambda: expand(whole("`m(" + '"a"' * 5000), {}))[0].name == "unclosed-macro"


def test_calls_are_listed_with_their_arguments_and_places() -> None:
    found = calls(whole('`a` "`no`" `b(x, "y,z")` ```c `d` ```'))
    assert [(each.name, each.args, each.key, each.span.text) for each in found] == [
        ("a", (), "a", "`a`"),
        ("b", ("x", "y,z"), "b(2)", '`b(x, "y,z")`'),
    ]


def test_a_text_without_backticks_is_itself() -> None:
    text = whole("a b")
    assert expand(text, {}) is text
    assert expand(Composed("", ()), {}) == Composed("", ())
