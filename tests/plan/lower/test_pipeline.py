from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.plan.searches import CONTEXT, composed, lines, lowered, marked, plan, problems
from tocsin.diagnostics import Severity
from tocsin.plan.lower import lower
from tocsin.plan.lower.pipeline import MOST_NODES, TABLE
from tocsin.plan.nodes import Filter, Scan, chain
from tocsin.spl.ast import Command
from tocsin.spl.macros import Macro, expand
from tocsin.spl.parser import parse


def test_every_command_class_is_in_the_table() -> None:
    assert {kind.__name__ for kind in _written(Command)} == {kind.__name__ for kind in TABLE}


def _written(kind: type) -> Iterator[type]:
    """The classes that none is made of."""
    below: list[type] = kind.__subclasses__()
    if not below:
        yield kind
    for each in below:
        yield from _written(each)


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("search a=1 OR b=2", 'filter   a="1" OR b="2"'),
        ("where a > b", "filter   a > b"),
        ('regex a="x"', 'filter   match(a, "x")'),
        ('regex a!="x"', 'filter   NOT coalesce(match(a, "x"), false)'),
        ("eval c=a.b", "compute  c := a . b"),
        ('rename a AS "b c"', 'rename   a AS "b c"'),
        ("rename requestParameters.* as *", "rename   requestParameters.* AS *"),
        ("stats count", "group    count() AS count"),
        ("stats c AS n by a, b", "group    count() AS n BY a, b"),
        ("stats distinct_count(a) mean(b)", 'group    dc(a) AS "distinct_count(a)", avg(b) AS "mean(b)"'),
        ("stats p95(a) perc50(a) AS m", 'group    perc95(a) AS "p95(a)", perc50(a) AS m'),
        ("stats values(r.*) as *", "group    values(r.*) AS *"),
        ("stats values(r.*)", 'group    values(r.*) AS "values(r.*)"'),
        ("stats count(eval(a=1)) as n", "group    count(a == 1) AS n"),
        ("stats count count by a a", "group    count() AS count BY a"),
        ("eventstats max(a) as a by b", "add      max(a) AS a BY b"),
        ('convert timeformat="%Y" ctime(a) AS b', 'convert  ctime(a, "%Y", "Europe/Berlin") AS b'),
        ("convert ctime(a)", 'convert  ctime(a, "%m/%d/%Y %H:%M:%S", "Europe/Berlin")'),
        ("convert num(*)", "convert  num(*)"),
        ("table a b* a", "keep     a, b* (empty where missing)"),
        ("fields a, b", "keep     a, b and internal fields"),
        ("fields - a, b*", "remove   a, b*"),
        ("fillnull", 'fill     every field that some row has with "0"'),
        ('fillnull value="-" a b', 'fill     a, b with "-"'),
        ("sort a, -b", "sort     a, -b, the first 10000"),
        ("sort 0 - num(a)", "sort     -a as num"),
        ("sort 5 a desc", "sort     -a, the first 5"),
        ("head", "first    10"),
        ("head 3", "first    3"),
        ("dedup a b", "dedup    1 of each a, b"),
        ("dedup 2 a keepempty=true", "dedup    2 of each a (rows without them stay)"),
        ("bin span=5m _time", 'compute  _time := bin_time(_time, 300, "Europe/Berlin")'),
        ("bucket span=1d _time AS day", 'compute  day := bin_time(_time, "1d", "Europe/Berlin")'),
        ("bin _time span=90", 'compute  _time := bin_time(_time, 90, "Europe/Berlin")'),
        ("bin a span=10", "compute  a := bin_number(a, 10)"),
        ("mvexpand a limit=3", "expand   a, at most 3"),
        ("lookup owners bucket", "look up  owners by bucket: owner, team"),
        (
            "lookup owners.csv bucket AS b OUTPUTNEW owner AS who",
            "look up  owners by bucket AS b: owner AS who where none is there yet",
        ),
        ('rex field=a "(?<x>b)"', 'compute  x := coalesce(rex(a, "(?P<x>b)", "x"), x)'),
        ("spath input=a path=b{}.c output=d", 'compute  d := coalesce(spath(a, "b{}.c"), d)'),
        ("spath input=a b.c", "compute  b.c := coalesce(spath(a, \"b.c\"), 'b.c')"),
    ],
)
def test_a_command_becomes_a_node(command: str, line: str) -> None:
    assert lines(f"x=1 | head 1 | {command}") == ["first    1", line]


def test_sortby_orders_before_dedup_chooses() -> None:
    assert lines("x=1 | dedup a sortby -_time") == ["sort     -_time", "dedup    1 of each a"]


def test_assignments_see_those_before_them() -> None:
    assert lines("x=1 | eval a=1, b=a") == ["compute  a := 1", "compute  b := a"]


def test_spath_without_a_path_extracts_what_is_asked_for_later() -> None:
    assert lines("x=1 | spath input=f | where severity=1 | stats count by name") == [
        'compute  name := coalesce(spath_leaf(f, "name"), name), '
        'severity := coalesce(spath_leaf(f, "severity"), severity)',
        "filter   severity == 1",
        "group    count() AS count BY name",
    ]


def test_spath_of_a_whole_record_has_nothing_left_to_do() -> None:
    assert lines("x=1 | spath | head 1") == ["first    1"]


@pytest.mark.parametrize(
    ("command", "name", "place"),
    [
        ("tstats count", "unsupported-command", "tstats"),
        ("join a [search b=1]", "unsupported-command", "join"),
        ("eval {a}=1", "computed-name", "{a}=1"),
        ("eval a=(b=1)", "not-a-value", "b=1"),
        ("eval a=true()", "not-a-value", "true()"),
        ("where a", "not-a-condition", "a"),
        ("where 1", "not-a-condition", "1"),
        ("stats estdc(a)", "unsupported-aggregation", "estdc"),
        ("stats count AS a, dc(b) AS a", "duplicate-column", "dc(b) AS a"),
        ("stats count AS a by a", "duplicate-column", "count AS a"),
        ("stats values(a*) AS b", "wildcard-mismatch", "values(a*) AS b"),
        ("stats count by a*", "wildcard-by-field", "a*"),
        ("convert none(a)", "unsupported-option", "none(a)"),
        ("fillnull a*", "unsupported-option", "fillnull a*"),
        ("head (a=1)", "unsupported-option", "a=1"),
        ("dedup a consecutive=true", "unsupported-option", "dedup a consecutive=true"),
        ("dedup a keepevents=true", "unsupported-option", "dedup a keepevents=true"),
        ("bin bins=10 a", "unsupported-option", "10"),
        ("bin a", "unsupported-option", "bin a"),
        ("bin span=5x _time", "bad-span", "5x"),
        ("bin span=2log10 a", "unsupported-option", "2log10"),
        ("bin _time span=1w@w1", "unsupported-option", "1w@w1"),
        ("bin span=500ms _time", "unsupported-option", "500ms"),
        ("bin span=1d aligntime=@d _time", "unsupported-option", "@d"),
        ("lookup ownrs bucket", "unknown-lookup", "ownrs"),
        ("lookup owners bukket", "unknown-lookup-field", "bukket"),
        ('rex mode=sed field=a "s/a/b/"', "unsupported-option", 'rex mode=sed field=a "s/a/b/"'),
        ('rex max_match=0 field=a "(?<b>c)"', "unsupported-option", 'rex max_match=0 field=a "(?<b>c)"'),
        ('rex "abc"', "no-named-group", '"abc"'),
        ('rex "(?<a>b)(?=c)"', "unsupported-regex", '"(?<a>b)(?=c)"'),
        ('regex a="(b"', "bad-regex", '"(b"'),
        ("spath input=a", "unsupported-option", "spath input=a"),
    ],
)
def test_what_cannot_run_is_refused_at_its_token(command: str, name: str, place: str) -> None:
    found = problems(f"x=1 | {command}")
    assert (name, place) in marked(found)
    assert len([each for each in found if each.severity > Severity.warning]) == 1


def test_problems_of_all_commands_are_reported_together() -> None:
    assert marked(problems("x=1 | tstats count | eval a=foo(1) | transaction b")) == [
        ("unsupported-command", "tstats"),
        ("unknown-function", "foo"),
        ("unsupported-command", "transaction"),
    ]


def test_a_search_must_come_first() -> None:
    assert marked(problems("| stats count")) == [("no-search-first", "stats")]
    assert marked(problems("| inputlookup a | where b=1")) == [("unsupported-command", "inputlookup")]


def test_searches_right_after_the_first_join_it() -> None:
    assert plan("a=1 | search b=2 | search c=3") == plan("a=1 b=2 c=3")
    assert [type(node) for node in chain(plan("a=1 | where b=2 | search c=3"))] == [Scan, Filter, Filter]


def with_macros(text: str, **macros: str) -> list[object]:
    table = {name: Macro(name, (), composed(definition)) for name, definition in macros.items()}
    return list(chain(lower(parse(expand(composed(text), table)).pipeline, CONTEXT).plan))


def test_a_filter_macro_stays_apart_and_is_named() -> None:
    scan, kept = with_macros("a=1 | `x_filter`", x_filter="search b=1")
    assert isinstance(scan, Scan)
    assert isinstance(kept, Filter)
    assert kept.macro == "x_filter"


def test_an_empty_filter_macro_leaves_nothing_behind() -> None:
    assert [type(node) for node in with_macros("a=1 | head 1 | `x_filter`", x_filter="search *")][2:] == []


def test_a_search_without_end_is_refused() -> None:
    assert problems("a=1" + "| head 1" * (MOST_NODES + 5))[-1].name == "too-many-commands"


def test_every_node_knows_its_command() -> None:
    spans = [node.span.text for node in chain(plan("a=1 | head 1 | stats count")) if node.span is not None]
    assert [text.strip() for text in spans] == ["a=1", "head 1", "stats count"]


def test_warnings_come_with_the_plan() -> None:
    assert marked(lowered("a=1 | stats count | where b=1").warnings) == [("unknown-field", "b")]
