"""What a plan gives where no record matches: known without asking an engine."""

from __future__ import annotations

from tocsin.plan.nodes import Aggregate, Node, chain


def gives_nothing(plan: Node) -> bool:
    """Whether no records surely mean no rows: only an aggregate without keys makes a row of none."""
    return not any(isinstance(node, Aggregate) and not node.keys for node in chain(plan))
