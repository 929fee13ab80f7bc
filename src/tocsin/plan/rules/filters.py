"""Removes filters that keep every row, above all the empty filter macro's `search *`."""

from __future__ import annotations

from tocsin.plan.expr import TRUE
from tocsin.plan.nodes import Filter, Node, chain, over


def drop_true_filters(plan: Node) -> Node:
    leaf, *rest = chain(plan)
    node = leaf
    for each in rest:
        if not (isinstance(each, Filter) and each.condition == TRUE):
            node = over(each, node)
    return node
