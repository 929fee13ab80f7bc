"""Whatever the commands and the columns, a resolved plan names only what is there."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plan.searches import plan
from tocsin.plan.demand import demand
from tocsin.plan.expr import Expr, Type, columns
from tocsin.plan.names import is_pattern
from tocsin.plan.nodes import (
    Aggregate,
    Dedup,
    Drop,
    Expand,
    Extend,
    FillNull,
    Filter,
    Join,
    Limit,
    Node,
    Rename,
    Select,
    Sort,
    Transform,
    Window,
    chain,
)
from tocsin.plan.resolve import output_columns, resolve
from tocsin.plan.text import explain

COMMANDS = [
    "where a > 1",
    "search NOT r.a=*",
    "eval b=a.'r.a', c=null()",
    "rename r.* as *",
    "rename * as r.*",
    "rename a as b, z as c",
    "stats count values(*) as * by a",
    "stats values(r.*) latest(b) by z",
    "stats dc(z)",
    "eventstats sum(a) as a by b",
    "eventstats count",
    "fillnull",
    "fillnull value=1 a z",
    "convert ctime(*) num(a) as n",
    "table a r.* z",
    "fields a b",
    "fields - r.*",
    "sort 5 -z, a",
    "head 2",
    "dedup a z",
    "mvexpand m{}",
    "bin span=1h _time",
    "lookup owners bucket as z OUTPUT owner as a",
    'rex field=a "(?<b>x)(?<q>y)"',
    "spath input=a path=x output=b",
]
COLUMNS = {
    "_time": Type.number,
    "a": Type.text,
    "b": Type.number,
    "r.a": Type.text,
    "r.m{}": Type.multi,
    "m{}": Type.multi,
    "_raw": Type.text,
}


@pytest.mark.property
@given(
    st.lists(st.sampled_from(COMMANDS), max_size=6),
    st.lists(st.sampled_from(sorted(COLUMNS)), unique=True),
    st.booleans(),
)
def test_a_resolved_plan_names_only_what_is_there(commands: list[str], present: list[str], exact: bool) -> None:
    lowered = plan(" | ".join(["x=1", *commands]))
    resolved = resolve(lowered, {name: COLUMNS[name] for name in present}, exact)
    there = list(present)
    for node in chain(resolved)[1:]:
        there = _after(node, there)
    assert output_columns(resolved) == tuple(there)
    assert demand(lowered).optional <= demand(lowered).names
    assert len(explain(resolved).splitlines()) == len(chain(resolved))


def _after(node: Node, there: list[str]) -> list[str]:
    """The columns after a node; fails where it names one that is not among those before it."""
    assert not isinstance(node, FillNull | Transform), "resolve leaves none of these"
    _need(_read(node), there)
    match node:
        case Extend(_, computed):
            return list(dict.fromkeys((*there, *(name for name, _ in computed))))
        case Select(_, names):
            return list(names)
        case Drop(_, names):
            return [name for name in there if name not in names]
        case Rename(_, old, new):
            assert new not in there
            return [new if name == old else name for name in there]
        case Aggregate(_, keys, measures):
            return [*keys, *(measure.name for measure in measures)]
        case Window(_, _, measures):
            return list(dict.fromkeys((*there, *(measure.name for measure in measures))))
        case Join(_, _, _, outputs):
            return list(dict.fromkeys((*there, *(field for _, field in outputs or ()))))
        case _:
            return there


def _read(node: Node) -> Iterable[str]:
    match node:
        case Filter(_, condition):
            return columns(condition)
        case Extend(_, computed):
            return _all(expr for _, expr in computed)
        case Select(_, names) | Drop(_, names) | Dedup(_, names):
            return names
        case Rename(_, old):
            return (old,)
        case Aggregate(_, keys, measures) | Window(_, keys, measures):
            assert not any(measure.pattern for measure in measures)
            return (*keys, *_all(each.argument for each in measures if each.argument is not None))
        case Sort(_, keys):
            return [key.name for key in keys]
        case Expand(_, name):
            return (name,)
        case Join(_, _, keys):
            return [field for _, field in keys]
        case Limit():
            return ()
    raise AssertionError(node)


def _all(exprs: Iterable[Expr]) -> list[str]:
    return [name for expr in exprs for name in columns(expr)]


def _need(names: Iterable[str], there: list[str]) -> None:
    for name in names:
        assert not is_pattern(name)
        assert name in there
