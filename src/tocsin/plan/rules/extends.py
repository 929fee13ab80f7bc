"""Merges neighbouring computations that do not read one another, so that an engine nests less."""

from __future__ import annotations

from msgspec.structs import replace

from tocsin.plan.expr import columns
from tocsin.plan.nodes import Extend, Node, chain, over


def merge_extends(plan: Node) -> Node:
    leaf, *rest = chain(plan)
    node = leaf
    for each in rest:
        if isinstance(each, Extend) and isinstance(node, Extend) and _independent(node, each):
            merged = {**dict(node.columns), **dict(each.columns)}
            node = replace(node, columns=tuple(merged.items()))
        else:
            node = over(each, node)
    return node


def _independent(first: Extend, second: Extend) -> bool:
    made = {name for name, _ in first.columns}
    read = {name for _, expr in second.columns for name in columns(expr)}
    return first.macro == second.macro and not made & read
