"""A tree written as SPL reads as itself again, and as an outline for people."""

from __future__ import annotations

import pytest

from tests.spl.reading import commands, library, whole
from tocsin.spl.macros import expand
from tocsin.spl.parser import parse, parse_search
from tocsin.spl.printer import dump, print_pipeline, print_search


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a  b OR c", "search a b OR c"),
        ("search NOT ( a AND b )", "search NOT (a b)"),
        ("| tstats count  by a", "| tstats count  by a"),
        ("a | stats count as n by x , y", "search a | stats count AS n BY x y"),
        ('a | stats count(eval(x = "y")) by "p q"', 'search a | stats count(eval(x = "y")) BY "p q"'),
        ("a | stats count() dc(x) dedup_splitvals=t", "search a | stats count dc(x) dedup_splitvals=true"),
        ("a | eventstats max( x ) as x", "search a | eventstats max(x) AS x"),
        ('a | rename "x y.*" as *', 'search a | rename "x y.*" AS *'),
        ("a | sort - num(b) desc", "search a | sort 10000 -num(b) desc"),
        ("a | head (x>1)", "search a | head (x > 1)"),
        ("a | dedup 2 x keepempty=1 sortby -y", "search a | dedup 2 x keepempty=true sortby -y"),
        ("a | bucket _time span=1h as hour", "search a | bin span=1h _time AS hour"),
        ("a | convert timeformat=%H ctime(x) as y", "search a | convert timeformat=%H ctime(x) AS y"),
        ("a | fillnull x", "search a | fillnull value=0 x"),
        ("a | lookup t x as y OUTPUTNEW z", "search a | lookup t x AS y OUTPUTNEW z"),
        (r'a | rex field=x "\\\\(?<y>.*)"', r'search a | rex field=x "\\\\(?<y>.*)"'),
        ('a | regex x != "y"', 'search a | regex x!="y"'),
        ("a | spath input=x y{}.z", "search a | spath input=x path=y{}.z"),
        ("a | mvexpand x limit=2", "search a | mvexpand x limit=2"),
        ("a | fields - x | table y", "search a | fields - x | table y"),
        ("a | eval {x} = y.z, w='p q'", "search a | eval {x} = y . z, w = 'p q'"),
        ("a [ search b | head ]", "search a [ search b | head 10 ]"),
        ('"earliest"=1 earliest=1', 'search "earliest"=1 earliest=1'),
        (r'a="b c" d=e\|f', r'search a="b c" d=e\|f'),
        ("a= =b", "search a= =b"),
        ("* | search", "search * | search"),
    ],
)
def test_pipelines_are_written_plainly_and_read_as_themselves(text: str, printed: str) -> None:
    pipeline = parse(whole(text)).pipeline
    assert print_pipeline(pipeline) == printed
    assert parse(whole(printed)).pipeline == pipeline


@pytest.mark.parametrize("text", ["a OR (b c)", "(a OR b) OR c", "NOT (a OR b)", "a (b c)", 'a IN (b, "c d")', "x!=y"])
def test_groups_that_were_written_stay(text: str) -> None:
    tree = parse_search(whole(text))
    assert tree is not None
    assert print_search(tree) == text


def test_the_outline_shows_how_a_search_was_read() -> None:
    text = (
        "eventName=PutImage a=1 OR b=2 NOT [ search c | where d>1 ]"
        '| eval x=if(match(y, "z") AND w > 1, "long enough to be opened up", other), v=1 | `f` | table x'
    )
    found = parse(expand(whole(text), library(f="where x=1 OR v=2")))
    assert dump(found.pipeline).splitlines() == [
        "search",
        "  and",
        "    eventName=PutImage",
        "    or",
        "      a=1",
        "      b=2",
        "    not",
        "      subsearch",
        "        search",
        "          c",
        "        where",
        "          d > 1",
        "eval",
        "  x =",
        "    if",
        "      and",
        '        match(y, "z")',
        "        w > 1",
        '      "long enough to be opened up"',
        "      other",
        "  v = 1",
        "where    (macro f)",
        "  or",
        "    x = 1",
        "    v = 2",
        "table x",
    ]


def test_an_empty_search_has_an_outline() -> None:
    assert dump(parse(whole("a | search")).pipeline) == "search\n  a\nsearch"
    assert len(commands("a | search")) == 2
