from __future__ import annotations

import pytest

from tests.plan.searches import resolved, resolved_lines
from tocsin.plan.nodes import Rename, chain
from tocsin.plan.resolve import output_columns


@pytest.mark.parametrize(
    ("command", "columns", "shown"),
    [
        ("head 1", "_time:number b a", ("_time", "b", "a")),
        ("fields a c", "_time:number b a _raw", ("a", "_time", "_raw")),
        ("fields r.*", "r.b a r.a", ("r.b", "r.a")),
        ("fields - r.* _raw", "r.b a r.a _raw", ("a",)),
        ("fields - *", "_time:number a", ("_time",)),
        ("table a z", "a b", ("a", "z")),
        ("table r.* a", "r.b a r.a", ("r.b", "r.a", "a")),
        ("rename a as c", "a b", ("c", "b")),
        ("rename a as b", "b x a", ("x", "b")),
        ("rename z as b", "a b", ("a", "b")),
        ("rename z as y", "a b", ("a", "b")),
        ("rename r.* as *", "r.b a r.a b", ("b", "a")),
        ("rename * as x.*", "_time:number a b", ("_time", "x.a", "x.b")),
        ("eval b=1, c=2", "a b", ("a", "b", "c")),
        ("stats count by b a", "a b", ("b", "a", "count")),
        ("stats values(r.*) as * dc(a) by b", "r.z r.y a b r.b", ("b", "y", "z", "dc(a)")),
        ("stats values(*) as * by b", "_time:number c b a", ("b", "a", "c")),
        ("stats dc(a) as b values(*) as *", "b a", ("b", "a")),
        ("stats values(q*)", "a", ("values(q*)",)),
        ("table q*", "a", ("no fields",)),
        ("eventstats count by a", "a b", ("a", "b", "count")),
        ("eventstats count by z", "a b", ("a", "b")),
        ("eventstats count as b by a", "a b", ("a", "b")),
        ("fillnull value=x", "a b", ("a", "b")),
        ("fillnull value=x b c", "a b", ("a", "b", "c")),
        ("convert ctime(z)", "a", ("a",)),
        ("convert ctime(a) as c, num(z) as d", "a", ("a", "c")),
        ("dedup z", "a", ("a",)),
        ("lookup owners bucket as z OUTPUT owner", "a", ("a", "owner")),
        ("unusualhour | fields - surprise_*", "a surprise", ("a", "surprise")),
        (
            "businesshours | stats values(business_*) as * by a",
            "a",
            ("a", "calendar", "hours", "hours_reason", "hours_rule"),
        ),
    ],
)
def test_the_result_shows_these_columns(command: str, columns: str, shown: tuple[str, ...]) -> None:
    assert output_columns(resolved(f"x=1 | {command}", columns)) == shown


@pytest.mark.parametrize(
    ("command", "columns", "plan"),
    [
        # 4.1 rename: not a merge, and a name that no row has takes the other's values away
        ("rename z as b | fields b", "a b", ["compute  b := null", "keep     b"]),
        ("rename a as b | fields b", "a b", ["remove   b", "rename   a AS b", "keep     b"]),
        # a field that no row has is NULL in an expression, and false in a search
        ("where z=1 | fields a", "a", ["filter   null == 1", "keep     a"]),
        ("search z=1 OR a=1 | fields a", "a", ["keep     a"]),
        ("eval b=mvmap(z, z.1), c=mvfilter(z=1) | fields b c", "a", ["compute  b := null, c := null", "keep     b, c"]),
        # 4.3 stats: a key that no row has drops every row, for the audit to count
        ("stats count by a z", "a", ["compute  z := null", "group    count() AS count BY a, z"]),
        ("table a | stats earliest(a)", "a", ["keep     a", 'group    earliest(null) AS "earliest(a)"']),
        # 4.7 fillnull: without names only what some row has
        ('fillnull value="x" | fields a', "a", ['compute  a := coalesce(a, "x")', "keep     a"]),
        ("fillnull a b | fields a b", "a:number", ['compute  a := coalesce(a, 0), b := "0"', "keep     a, b"]),
        ("eval b=null() | fillnull | fields b", "a", ['compute  b := null, a := coalesce(a, "0")', "keep     b"]),
        # sorting by a field that no row has
        ("sort z | fields a", "a", ["first    10000", "keep     a"]),
        ("sort 0 z | fields a", "a", ["keep     a"]),
        ("dedup z | fields a", "a", ["compute  z := null", "dedup    1 of each z", "remove   z", "keep     a"]),
        ("dedup z keepempty=t | fields a", "a", ["keep     a"]),
        ("mvexpand a | fields a", "a", ["keep     a"]),
        ("mvexpand a{} | fields a{}", "a{}", ["expand   a{}", "keep     a{}"]),
    ],
)
def test_names_become_concrete(command: str, columns: str, plan: list[str]) -> None:
    assert (
        resolved_lines(f"x=1 | head 9 | {command}", columns)[1:] == plan
        or resolved_lines(f"x=1 | {command}", columns) == plan
    )


def test_a_wildcard_rename_of_fields_that_surely_have_values_replaces() -> None:
    assert resolved_lines("x=1 | rename r.* as * | stats count by user", "user r.user") == [
        "compute  user := 'r.user'",
        "keep     user",
        "group    count() AS count BY user",
    ]


def test_a_wildcard_rename_after_a_filter_asks_the_engine_whether_some_row_has_the_field() -> None:
    assert resolved_lines("x=1 | where a=1 | rename r.* as * | stats count by user", "a user r.user")[1] == (
        "compute  user := if(present('r.user'), 'r.user', user)"
    )


def test_fillnull_after_a_filter_asks_the_engine_too() -> None:
    assert resolved_lines("x=1 | where a=1 | fillnull | fields a", "a")[1] == (
        'compute  a := if(present(a), coalesce(a, "0"), a)'
    )


def test_a_leaf_that_is_not_exact_may_have_its_columns() -> None:
    assert "present" in resolved_lines("x=1 | fillnull", "a", exact=False)[0]


def test_renames_that_chase_each_other_see_the_rows_before_them() -> None:
    assert resolved_lines("x=1 | rename a.* as *", "a.b a.a.b") == [
        "compute  b := 'a.b', a.b := 'a.a.b'",
        "keep     b, a.b",
    ]


def test_eventstats_leaves_rows_without_a_key_as_they_are() -> None:
    assert resolved_lines("x=1 | eventstats max(n) as n by a | fields n", "n a") == [
        'add      max(n) AS "eventstats n" BY a',
        "compute  n := if(isnotnull(a), 'eventstats n', n)",
        'remove   "eventstats n"',
        "keep     n",
    ]


def test_a_key_that_no_row_has_finds_nothing_in_a_lookup() -> None:
    assert resolved_lines("x=1 | lookup owners bucket as z OUTPUT owner", "a") == [
        "compute  z := null",
        "look up  owners by bucket AS z: owner",
        "remove   z",
        "keep     a, owner",
    ]


def test_macros_keep_what_they_wrote() -> None:
    node = next(node for node in chain(resolved("x=1 | rename a as b", "a")) if isinstance(node, Rename))
    assert node.span is not None
    assert node.span.text.strip() == "rename a as b"
