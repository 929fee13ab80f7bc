"""Which searches may leave the order of their records unread."""

from __future__ import annotations

import pytest

from tests.plan.searches import plan
from tocsin.plan.order import tells_order


@pytest.mark.parametrize(
    "search",
    [
        "a=1 | stats count by b",
        "a=1 | stats count dc(b) values(c) sum(d) avg(d) min(d) max(d) range(d) stdev(d) by e, f",
        "a=1 | eval b=c+1 | where b>2 | rename b as d | fields d | fillnull d | stats count by d",
        "a=1 | stats count by b | sort - count | head 3 | stats first(b)",
    ],
)
def test_it_does_not_tell_where_records_are_counted_first(search: str) -> None:
    assert not tells_order(plan(search))


@pytest.mark.parametrize(
    "search",
    [
        "a=1",
        "a=1 | table b",
        "a=1 | stats first(b) by c",
        "a=1 | stats count last(b)",
        "a=1 | stats list(b) by c",
        "a=1 | stats earliest(b) by c",
        "a=1 | stats latest_time(b)",
        "a=1 | stats mode(b)",
        "a=1 | head 5 | stats count",
        "a=1 | sort b | stats count by b",
        "a=1 | dedup b | stats count by c",
        "a=1 | eventstats count by b | stats dc(b) by count",
        "a=1 | mvexpand b | stats count by b",
        "a=1 | businesshours | stats count by b",
    ],
)
def test_it_may_tell_elsewhere(search: str) -> None:
    assert tells_order(plan(search))
