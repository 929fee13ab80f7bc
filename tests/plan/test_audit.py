from __future__ import annotations

from tests.plan.searches import CONTEXT, composed
from tocsin.plan.audit import Audit, Dropped, Removed, audits
from tocsin.plan.expr import Type
from tocsin.plan.lower import lower
from tocsin.plan.nodes import Aggregate, Dedup, chain
from tocsin.plan.resolve import resolve
from tocsin.spl.macros import Macro, expand
from tocsin.spl.parser import parse


def audited(text: str, definition: str = "search *") -> tuple[Audit, ...]:
    macros = {
        "my_filter": Macro("my_filter", (), composed(definition)),
        "other": Macro("other", (), composed("head 1")),
    }
    plan = lower(parse(expand(composed(text), macros)).pipeline, CONTEXT).plan
    return audits(resolve(plan, {"a": Type.text, "b": Type.text}))


def test_a_group_by_drops_rows_without_its_keys() -> None:
    (audit,) = audited("x=1 | stats count by a z")
    assert isinstance(audit, Dropped)
    assert isinstance(audit.node, Aggregate)
    assert audit.keys == ("a", "z")
    assert audit.input == audit.node.input


def test_dedup_drops_them_too_unless_it_keeps_them() -> None:
    (audit,) = audited("x=1 | dedup a | dedup b keepempty=true | stats count")
    assert isinstance(audit, Dropped)
    assert isinstance(audit.node, Dedup)


def test_a_filter_macro_is_counted_before_and_after() -> None:
    (audit,) = audited("x=1 | `my_filter` | head 1", "where a=1 | search b=2")
    assert isinstance(audit, Removed)
    assert audit.macro == "my_filter"
    assert len(chain(audit.before)) == 1
    assert len(chain(audit.after)) == 3


def test_an_empty_filter_macro_and_other_macros_need_no_count() -> None:
    assert audited("x=1 | `other` | `my_filter`") == ()


def test_a_filter_macro_that_makes_rows_with_stats_is_counted_by_its_rows() -> None:
    kinds = [type(audit) for audit in audited("x=1 | `my_filter`", "stats count by a | where count > 1")]
    assert kinds == [Dropped, Removed]
