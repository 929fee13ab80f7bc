from __future__ import annotations

import pytest

from tests.plan.searches import lowered, marked, problems
from tocsin.diagnostics import Severity


@pytest.mark.parametrize(
    ("search", "name", "place"),
    [
        ("a=1 | where weekday=Saturday", "bare-word-comparison", "Saturday"),
        ('a=1 | eval d=strftime(_time, "%A") | where d=Saturday OR d="Sunday"', "bare-word-comparison", "Saturday"),
        ("a=1 | stats count by b | where b=admin", "bare-word-comparison", "admin"),
        ("a=1 | stats count by b | stats count by c", "unknown-by-field", "c"),
        ("a=1 | table b | dedup c", "unknown-by-field", "dedup c"),
        ("a=1 | table b c | where d > 1", "unknown-field", "d"),
        ("a=1 | table b | search d=1", "unknown-field", "d"),
        ("a=1 | fields b | stats dc(d)", "unknown-field", "dc(d)"),
        ("a=1 | stats count by b | rename d as e", "unknown-field", "d as e"),
        ("a=1 | stats count by b | convert ctime(d)", "unknown-field", "ctime(d)"),
        ("a=1 | stats count by b | sort -d", "unknown-field", "-d"),
        ("a=1 | stats count by b | search word", "unknown-field", "word"),
        ("a=1 | stats count by b | stats latest(b)", "unknown-field", "latest(b)"),
        ("a=1 | stats values(r.*) as * by b | stats count by c | eval e=b", "unknown-field", "b"),
        ("a=1 | table b | fields - b | eval e=b", "unknown-field", "b"),
        ("a=1 | stats count by b | rename b as c | eval e=b", "unknown-field", "b"),
    ],
)
def test_a_field_that_cannot_be_there_is_announced(search: str, name: str, place: str) -> None:
    assert marked(lowered(search).warnings) == [(name, place)]


@pytest.mark.parametrize(
    "search",
    [
        "a=1 | where b=c",
        "a=1 | where 'Saturday'=b",
        'a=1 | where Saturday="x"',
        "a=1 | where b=TargetName",
        "a=1 | eval Saturday=1 | where b=Saturday",
        "a=1 | rename requestParameters.* as * | where b=Host",
        "a=1 | stats values(*) as * by b | where c > 1",
        "a=1 | stats count by b | eval c=coalesce(d, b)",
        "a=1 | stats count by b | eval c=if(b=1, 2, null)",
        "a=1 | fields b* | where c > 1",
        "a=1 | fields b | where _time > 1",
        "a=1 | stats count by b | lookup owners bucket as b | where owner=1",
        "a=1 | stats count by b | fillnull c | where c=0",
        "a=1 | stats count by b | convert num(b) as n | where n=1",
        "a=1 | stats count by x.b | rename x.* as * | where b=1",
        "a=1 | stats count by b | rename b as c | where c=1",
        "a=1 | stats count by b | eventstats sum(count) as s | where s > 1",
        'a=1 | stats count by b | rex field=b "(?<c>x)" | where c=1',
        "a=1 | table f | spath input=f | where g=1 | table g",
    ],
)
def test_a_field_that_may_be_there_is_not(search: str) -> None:
    assert lowered(search).warnings == ()


@pytest.mark.parametrize(
    "command", ["appendpipe [stats count]", "lookup gone b OUTPUT c", 'rex field=b max_match=0 "(?<c>x)"']
)
def test_after_what_is_refused_nobody_knows_which_fields_there_are(command: str) -> None:
    found = problems(f"a=1 | stats count by b | {command} | where c=1 | stats count by c")
    assert [each.severity > Severity.warning for each in found] == [True]
