"""Any text gives a tree or diagnostics; a tree that is written and read again is the same tree."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.spl.reading import library, whole
from tocsin.diagnostics import CompileError
from tocsin.diagnostics.render import render
from tocsin.spl.ast import (
    And,
    Binary,
    Call,
    Comparison,
    Expr,
    FieldRef,
    InList,
    Not,
    Number,
    Or,
    Pattern,
    SearchExpr,
    Term,
    Text,
    TimeModifier,
    Unary,
)
from tocsin.spl.macros import calls, expand
from tocsin.spl.parser import parse, parse_expression, parse_search
from tocsin.spl.printer import dump, print_expr, print_pipeline, print_search

pytestmark = pytest.mark.property

AT = whole("x").span(0, 1)
GOLDEN = Path(__file__).parents[1] / "diagnostics"
MACROS = library(trail="sourcetype=x", filter="search *", loop="`loop`", odd='a "')

# --- any text ---------------------------------------------------------------------------------------

SIGNS = [*"\"'`|[]()=<>!*\\,-+./%{}$ \t\n", "```", "!=", "==", '\\"', " NOT ", " OR ", " AND ", " IN (", "<<F>>"]
WORDS = """search eval where stats eventstats rename table fields fillnull sort head dedup bin bucket convert lookup rex
regex spath mvexpand append join tstats foreach count values( as by a b.c d{} 1 .5 1e5 10k span=5m limit=2 field=x
`trail` `filter` `loop` `odd` `none` earliest=-1h TERM( "text" 'name' \u202e é 管 \x00 \ud800"""
snippets = st.lists(st.sampled_from([*SIGNS, *WORDS.split()]) | st.text(max_size=3), max_size=40)
texts = snippets.flatmap(lambda parts: st.sampled_from([" ".join(parts), "".join(parts)]))


def assert_tree_or_diagnostics(text: str) -> None:
    source = whole(text)
    calls(source)
    for macros in (MACROS, None):
        try:
            parsed = parse(expand(source, macros) if macros is not None else source)
        except CompileError as error:
            assert error.diagnostics
            assert all(each.span is not None for each in error.diagnostics)
            assert render(error.diagnostics)
        else:
            dump(parsed.pipeline)
            render(parsed.warnings)
            written = print_pipeline(parsed.pipeline)
            assert parse(whole(written)).pipeline == parsed.pipeline, written


@settings(max_examples=400, deadline=None)
@given(texts)
def test_any_text_gives_a_tree_or_diagnostics(text: str) -> None:
    assert_tree_or_diagnostics(text)
    assert_tree_or_diagnostics("* | " + text)


@settings(max_examples=300, deadline=None)
@given(texts)
def test_any_text_as_an_expression_gives_a_tree_or_diagnostics(text: str) -> None:
    for read in (parse_expression, parse_search):
        try:
            read(whole(text))
        except CompileError as error:
            assert error.diagnostics


SEARCHES = [
    "`trail` eventName=PutImage date_hour>=20 OR date_hour<8 | rename requestParameters.* as * "
    '| stats count min(_time) as firstTime max(_time) AS lastTime values(a.b{}) BY user, "src ip" | `filter`',
    '| tstats count from datamodel=X where a IN ("b", c*) by d | rename "X.*" as * | where like(d, "x%") AND NOT e=1',
    'x NOT [ | inputlookup t | fields a ] | eval a=if(match(b, "(?i)c\\\\d"), \'e.f\' . "g", null()), h=i+1*-2',
    'y | rex field=a max_match=0 "(?<b>[^\\\\\\]+)" | spath input=c path=d{}.e output=f | mvexpand f | table a h',
    "z | bin _time span=5m | eventstats avg(count) as m by user | sort 0 - m, +num(n) | dedup 2 a b sortby -_time",
    'w | convert timeformat="%H:%M" ctime(a) as b | fillnull value="n/a" c d | lookup t a as b OUTPUT c | head 5',
    'v | foreach x* [ eval <<FIELD>>=1 ] | append [ search q | join a [ inputlookup t ] ] | regex a!="b|c"',
    *(path.read_text(encoding="utf-8") for path in sorted(GOLDEN.glob("*.spl"))),
]


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(SEARCHES), st.integers(0, 2**32), st.integers(1, 6))
def test_a_search_with_faults_gives_a_tree_or_diagnostics(text: str, seed: int, faults: int) -> None:
    chance = random.Random(seed)
    tokens = re.findall(r"\w+|\s+|.", text, re.DOTALL)
    for _ in range(faults):
        at = chance.randrange(len(tokens))
        tokens[at : at + chance.randrange(3)] = chance.choices([*SIGNS, *tokens], k=chance.randrange(3))
        tokens = tokens or [" "]
    assert_tree_or_diagnostics("".join(tokens))


# --- any tree ---------------------------------------------------------------------------------------

names = st.text("abzAZ019_.{}-:@ü *'`[|\\(", min_size=1, max_size=8) | st.sampled_from(
    ["and", "NOT", "in", "earliest", "by"]
)
strings = st.text('ab"\\|[](),=*` \n<>!é', max_size=8)
bare = st.text("ab*.-:\\|@{}é'`", min_size=1, max_size=8).filter(lambda text: "::" not in text and "`" not in text)
fields = names.filter(lambda name: name not in ("IN",))

patterns = st.builds(lambda text: Pattern(text, quoted=False, span=AT), bare) | st.builds(
    lambda text: Pattern(text, quoted=True, span=AT), strings
)
search_leaves = st.one_of(
    st.builds(
        lambda field, op, pattern: Comparison(field, op, pattern, span=AT),
        fields,
        st.sampled_from(["=", "!=", "<", "<=", ">", ">="]),
        patterns,
    ),
    st.builds(
        lambda field, found: InList(field, tuple(found), span=AT), fields, st.lists(patterns, min_size=1, max_size=3)
    ),
    st.builds(lambda text: Term(text, span=AT), bare),
    st.builds(lambda text: Term(text, quoted=True, span=AT), strings),
    st.builds(lambda text: TimeModifier("earliest", text, span=AT), strings),
)


def grow_search(inner: st.SearchStrategy[SearchExpr]) -> st.SearchStrategy[SearchExpr]:
    several = st.lists(inner, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        st.builds(lambda items: And(items, span=AT), several),
        st.builds(lambda items: Or(items, span=AT), several),
        st.builds(lambda item: Not(item, span=AT), inner),
    )


@settings(max_examples=400, deadline=None)
@given(st.recursive(search_leaves, grow_search, max_leaves=12))
def test_a_search_expression_is_read_as_it_was_written(tree: SearchExpr) -> None:
    assert parse_search(whole(print_search(tree))) == tree


expression_leaves = st.one_of(
    st.builds(lambda text: Text(text, span=AT), strings),
    st.builds(lambda text: Number(text, span=AT), st.sampled_from(["0", "10", "1.5", ".5", "2e-3"])),
    st.builds(lambda name: FieldRef(name, span=AT), names.filter(lambda name: "'" not in name)),
)
OPERATORS = ["or", "xor", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "."]


def grow_expression(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    return st.one_of(
        st.builds(lambda op, a, b: Binary(op, a, b, span=AT), st.sampled_from(OPERATORS), inner, inner),
        st.builds(lambda op, a: Unary(op, a, span=AT), st.sampled_from(["not", "-"]), inner),
        st.builds(
            lambda name, args: Call(name, tuple(args), span=AT),
            st.sampled_from(["if", "in", "like", "null", "mvindex"]),
            st.lists(inner, max_size=3),
        ),
    )


@settings(max_examples=400, deadline=None)
@given(st.recursive(expression_leaves, grow_expression, max_leaves=12))
def test_an_eval_expression_is_read_as_it_was_written(tree: Expr) -> None:
    assert parse_expression(whole(print_expr(tree))) == tree


# --- macros -----------------------------------------------------------------------------------------


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["a", " ", "`m`", "`n`", '"`m`"', "|", "```c```"]), max_size=12))
def test_every_character_leads_back_to_where_it_was_written(parts: list[str]) -> None:
    text = expand(whole("".join(parts)), library(m="xy `n`", n="z"))
    assert len(text.text) == sum(piece.length for piece in text.pieces)
    for at, sign in enumerate(text.text):
        span = text.span(at, at + 1)
        assert span.text in (sign, "```c```")
        assert (span.source.name == "<search>") == (span.macro is None)
