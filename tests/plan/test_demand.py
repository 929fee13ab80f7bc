from __future__ import annotations

import pytest

from tests.plan.searches import plan
from tocsin.plan.demand import EVERYTHING, demand


def names(search: str) -> set[str]:
    return set(demand(plan(search)).names)


@pytest.mark.parametrize(
    ("search", "wanted"),
    [
        ("a=1 | table b c", {"a", "b", "c"}),
        ("a=1 OR b!=2 NOT c=* word | table d", {"a", "b", "c", "_raw", "d"}),
        ("a=1 | stats count", {"a"}),
        ("a=1 | stats count min(_time) by b c", {"a", "b", "c", "_time"}),
        ("a=1 | stats latest(b)", {"a", "b", "_time"}),
        ("a=1 | stats sum(eval(b+c))", {"a", "b", "c"}),
        ("a=1 | eval b=c+d | table b", {"a", "c", "d"}),
        ("a=1 | eval b=b+1 | table b", {"a", "b"}),
        ("a=1 | eval unused=c | table b", {"a", "b"}),
        ("a=1 | eval b=c | where b=1 | stats count", {"a", "c"}),
        ("a=1 | rename b as c | table c", {"a", "b"}),
        ("a=1 | rename b as c | table b", {"a"}),
        ("a=1 | rename b as c, c as d | table d", {"a", "b"}),
        ("a=1 | fields - b | table b c", {"a", "c"}),
        ("a=1 | fields b c | stats count by c d", {"a", "c"}),
        ("a=1 | fields b | stats count min(_time) by b", {"a", "b", "_time"}),
        ("a=1 | eventstats max(b) as m | table d m", {"a", "b", "d"}),
        ("a=1 | eventstats max(b) as m by c | table d m", {"a", "b", "c", "d", "m"}),
        ("a=1 | sort - b | table c", {"a", "b", "c"}),
        ("a=1 | dedup b | table c", {"a", "b", "c"}),
        ("a=1 | mvexpand b{} | table c", {"a", "b{}", "c"}),
        ("a=1 | convert ctime(b) as c | table c", {"a", "b", "c"}),
        ("a=1 | convert ctime(b) | table c", {"a", "c"}),
        ("a=1 | lookup owners bucket as b OUTPUT team | table team", {"a", "b", "team"}),
        ("a=1 | lookup owners bucket as b OUTPUTNEW team | table c", {"a", "b", "c", "team"}),
        ('a=1 | rex "(?<b>x)" | table b', {"a", "_raw", "b"}),
        ('a=1 | rex field=c "(?<b>x)" | table d', {"a", "d"}),
        ("a=1 | bin span=1h _time | stats count by _time", {"a", "_time"}),
        ("a=1 | fillnull b | stats count by b", {"a", "b"}),
        ("a=1 | stats count by b | stats sum(count) by c", {"a", "b"}),
        ("a=1 | businesshours | table b", {"a", "b"}),
        ("a=1 | table user _time | businesshours", {"a", "user", "_time"}),
    ],
)
def test_a_search_reads(search: str, wanted: set[str]) -> None:
    found = demand(plan(search))
    assert set(found.names) == wanted
    assert found.patterns == frozenset()


@pytest.mark.parametrize(
    ("search", "patterns"),
    [
        ("a=1", {"*"}),
        ("a=1 | fields r.*", {"r.*"}),
        ("a=1 | fields r.* s* | table *", {"r.*", "s*"}),
        ("a=1 | fields * | table r.*", {"r.*"}),
        ("a=1 | stats values(r.*) as * by b", {"r.*"}),
        ("a=1 | rename r.* as * | table *", {"*", "r.*"}),
        ("a=1 | rename r.* as s.* | table t.*", {"t.*"}),
        ("a=1 | rename r.* as s.* | stats values(s.x*)", {"r.*", "s.x*"}),
        ("a=1 | fillnull | stats count by b", set()),
    ],
)
def test_a_wildcard_that_nothing_narrows_is_read_as_a_pattern(search: str, patterns: set[str]) -> None:
    assert set(demand(plan(search)).patterns) == patterns


def test_an_open_search_reads_everything_and_the_text_of_the_records() -> None:
    found = demand(plan("a=1"))
    assert found.names == EVERYTHING.names | {"a"}
    assert "_raw" in found.names


def test_a_wildcard_rename_asks_for_both_sides_and_insists_on_neither() -> None:
    found = demand(plan("a=1 | rename requestParameters.* as * | stats count by repositoryName"))
    assert found.names == {"a", "repositoryName", "requestParameters.repositoryName"}
    assert found.optional == found.names


@pytest.mark.parametrize(
    ("search", "required"),
    [
        ("a=1 | stats count by b", {"b"}),
        ("a=1 | where b=1 OR isnull(c) | stats count", {"b"}),
        ("a=1 | eval b=coalesce(c, d) | stats count by b", set()),
        ("a=1 | fillnull b | stats count by b", set()),
        ('a=1 | rex field=c "(?<b>x)" | stats count by b', set()),
        ("a=1 | lookup owners bucket as b | stats count by owner", {"b"}),
        ("a=1 | eventstats max(b) as m by c | table m", {"b", "c"}),
        ("a=1 | eventstats values(r.*) as * by c | table m", {"c"}),
        ("a=1 | eventstats values(r.*) as * | table m", set()),
        ("a=1 | convert ctime(b) as m | table m", {"b"}),
        ("a=1 | sort b | table c", {"c"}),
        ("a=1 | eval b=coalesce(c, d) | where c=1 | stats count by b", {"c"}),
    ],
)
def test_only_what_the_search_cannot_do_without_is_required(search: str, required: set[str]) -> None:
    found = demand(plan(search))
    assert found.names - found.optional == required


def test_optional_names_are_names() -> None:
    for search in ("a=1", "a=1 | rename r.* as * | table x", "a=1 | eval b=coalesce(c, d)"):
        found = demand(plan(search))
        assert found.optional <= found.names


@pytest.mark.parametrize("command", ["businesshours", "unusualhour"])
def test_a_judge_is_told_who_acted_and_makes_do_with_what_a_record_has(command: str) -> None:
    found = demand(plan(f"a=1 | {command} prefix=x_ | table x_business_hours x_surprise b"))
    told = found.names - {"a", "b", "x_business_hours", "x_surprise"}
    assert {"_time", "userIdentity.arn", "userIdentity.sessionContext.sessionIssuer.userName"} <= told
    assert not {"userName", "user", "region"} & told
    assert told <= found.optional


@pytest.mark.parametrize(
    ("before", "asked", "not_asked"),
    [
        ("rename requestParameters.* as *", {"repositoryName", "user", "region"}, set()),
        ("fields user, _time", {"user"}, {"region"}),
        ('eval repository="x" + a', {"a"}, {"repositoryName"}),
    ],
)
def test_a_judge_is_told_by_other_names_where_commands_changed_them(
    before: str, asked: set[str], not_asked: set[str]
) -> None:
    found = demand(plan(f"a=1 | {before} | businesshours | table business_hours"))
    assert asked <= found.names
    assert not not_asked & found.names
