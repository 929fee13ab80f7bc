"""Passes that make a plan smaller without changing its answer; one a file, in the order of `RULES`."""

from __future__ import annotations

from collections.abc import Callable

from tocsin.plan.nodes import Node
from tocsin.plan.rules.constants import fold_conditions
from tocsin.plan.rules.extends import merge_extends
from tocsin.plan.rules.filters import drop_true_filters

RULES: tuple[Callable[[Node], Node], ...] = (fold_conditions, drop_true_filters, merge_extends)


def simplify(plan: Node) -> Node:
    """The plan after every rule."""
    for rule in RULES:
        plan = rule(plan)
    return plan
