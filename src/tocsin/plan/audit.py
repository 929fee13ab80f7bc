"""The places of a plan where rows vanish that a person should hear of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct

from tocsin.plan.expr import TRUE
from tocsin.plan.nodes import Aggregate, Dedup, Filter, Node, Rows, Scan, chain


class Dropped(Struct, frozen=True):
    """`node` drops the rows of `input` that lack a value in any of `keys`."""

    node: Node
    input: Node
    keys: tuple[str, ...]


class Removed(Struct, frozen=True):
    """A filter macro's commands make the rows of `after` from those of `before`."""

    macro: str
    before: Node
    after: Node


Audit = Dropped | Removed


def audits(plan: Node) -> tuple[Audit, ...]:
    """What to count in a resolved plan, from the leaf on; first the lost keys, then the filter macros."""
    nodes = chain(plan)
    return (*_dropped(nodes), *_removed(nodes))


def _dropped(nodes: tuple[Node, ...]) -> Iterator[Dropped]:
    for node in nodes:
        match node:
            case Aggregate(input, keys) if keys:
                yield Dropped(node, input, keys)
            case Dedup(input, names, keep_empty=False):
                yield Dropped(node, input, names)


def _removed(nodes: tuple[Node, ...]) -> Iterator[Removed]:
    for macro, run in groupby(nodes, key=lambda node: node.macro):
        first, *others = run
        if macro is None or not macro.endswith("_filter") or isinstance(first, Scan | Rows):
            continue
        last = others[-1] if others else first
        if not all(isinstance(node, Filter) and node.condition == TRUE for node in (first, *others)):
            yield Removed(macro, first.input, last)
