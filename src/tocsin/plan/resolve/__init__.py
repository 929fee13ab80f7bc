"""Makes every name of a plan concrete, once it is known which columns the records have.

Afterwards no node has a wildcard, no expression names a column that is not there (NULL stands for it), and the
last node says which columns are shown. What Splunk decides by looking at all rows, and the plan cannot know, is
left to the engine as the function `present`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tocsin.plan.expr import Type
from tocsin.plan.nodes import (
    Aggregate,
    Dedup,
    Drop,
    Expand,
    Extend,
    FillNull,
    Filter,
    Join,
    Judge,
    Limit,
    Node,
    Rename,
    Select,
    Sort,
    Transform,
    Window,
    chain,
)
from tocsin.plan.resolve.columns import (
    NO_FIELDS,
    resolve_drop,
    resolve_extend,
    resolve_fillnull,
    resolve_rename,
    resolve_select,
    resolve_transform,
    without_fields,
)
from tocsin.plan.resolve.groups import resolve_aggregate, resolve_window
from tocsin.plan.resolve.rows import (
    resolve_dedup,
    resolve_expand,
    resolve_filter,
    resolve_join,
    resolve_judge,
    resolve_limit,
    resolve_sort,
)
from tocsin.plan.resolve.shape import Field, Presence, Shape, Step
from tocsin.plan.rules import simplify

__all__ = ["output_columns", "resolve"]

TABLE: dict[type[Node], Callable[..., Step]] = {
    Aggregate: resolve_aggregate,
    Dedup: resolve_dedup,
    Drop: resolve_drop,
    Expand: resolve_expand,
    Extend: resolve_extend,
    FillNull: resolve_fillnull,
    Filter: resolve_filter,
    Join: resolve_join,
    Judge: resolve_judge,
    Limit: resolve_limit,
    Rename: resolve_rename,
    Select: resolve_select,
    Sort: resolve_sort,
    Transform: resolve_transform,
    Window: resolve_window,
}


def resolve(plan: Node, columns: Mapping[str, Type], exact: bool = True) -> Node:
    """The plan over a leaf with these columns, in this order.

    `exact`: each of them has a value in some row, and no other has one. Otherwise they may have one.
    """
    presence = Presence.always if exact else Presence.maybe
    shape: Shape = {name: Field(type, presence) for name, type in columns.items()}
    node, *rest = chain(plan)
    for each in rest:
        node, shape = TABLE[type(each)](each, node, shape)
    if not shape:
        node, shape = without_fields(node, shape, NO_FIELDS, {"span": None, "macro": None})
    if not isinstance(node, Select | Aggregate):
        node = Select(node, tuple(shape))
    return simplify(node)


def output_columns(plan: Node) -> tuple[str, ...]:
    """The visible columns of a resolved plan, in order."""
    match plan:
        case Select(_, names):
            return names
        case Aggregate(_, keys, measures):
            return (*keys, *(measure.name for measure in measures))
    raise ValueError("a resolved plan ends with the columns that it shows")
