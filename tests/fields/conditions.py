"""A search's text as a condition, for tests."""

from __future__ import annotations

from tocsin.plan.expr import Expr
from tocsin.plan.lower.condition import lower_search
from tocsin.plan.lower.context import Context
from tocsin.source import Composed, Source
from tocsin.spl.parser import parse_search


def condition(text: str) -> Expr:
    lowered, _ = lower_search(parse_search(Composed.whole(Source("<search>", text))), Context(now=0.0))
    return lowered
