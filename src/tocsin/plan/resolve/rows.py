"""Nodes that keep, order, repeat and look up rows, and the one that asks about each."""

from __future__ import annotations

from tocsin.plan.expr import NULL, Apply, Expr, Type
from tocsin.plan.nodes import Dedup, Drop, Expand, Filter, Join, Judge, Limit, Node, Sort
from tocsin.plan.resolve.columns import with_keys
from tocsin.plan.resolve.shape import Field, Presence, Shape, Step, concrete, fewer, marks, merged


def resolve_filter(node: Filter, input: Node, shape: Shape) -> Step:
    return Filter(input, concrete(node.condition, shape), **marks(node)), fewer(shape)


def resolve_sort(node: Sort, input: Node, shape: Shape) -> Step:
    """A key that no row has orders nothing."""
    keys = tuple(key for key in node.keys if key.name in shape)
    after = shape if node.limit is None else fewer(shape)
    if keys:
        return Sort(input, keys, node.limit, **marks(node)), after
    return (input if node.limit is None else Limit(input, node.limit, **marks(node))), after


def resolve_limit(node: Limit, input: Node, shape: Shape) -> Step:
    return Limit(input, node.count, **marks(node)), fewer(shape)


def resolve_dedup(node: Dedup, input: Node, shape: Shape) -> Step:
    """Without a field that it goes by, all rows are dropped, or with `keep_empty` none."""
    missing = tuple(name for name in node.names if name not in shape)
    if missing and node.keep_empty:
        return input, shape
    keyed, known = with_keys(input, shape, missing, marks(node))
    plan: Node = Dedup(keyed, node.names, node.limit, node.keep_empty, **marks(node))
    if missing:
        plan = Drop(plan, missing, **marks(node))
    return plan, fewer({name: field for name, field in known.items() if name not in missing})


def resolve_expand(node: Expand, input: Node, shape: Shape) -> Step:
    """Only a multivalue column makes more rows than there are."""
    field = shape.get(node.name)
    if field is None or field.type is not Type.multi:
        return input, shape
    fields = merged(shape, [(node.name, Field(Type.text, field.presence))])
    return Expand(input, node.name, node.limit, **marks(node)), fields


def resolve_join(node: Join, input: Node, shape: Shape) -> Step:
    """A key that is not there finds nothing in the table."""
    missing = tuple(dict.fromkeys(field for _, field in node.keys if field not in shape))
    outputs = tuple((column, field) for column, field in node.outputs or ())
    keyed, known = with_keys(input, shape, missing, marks(node))
    plan: Node = Join(keyed, node.lookup, node.keys, outputs, node.only_new, **marks(node))
    fields = dict(merged(known, ((field, Field(Type.multi, Presence.maybe)) for _, field in outputs)))
    unwanted = tuple(name for name in missing if name not in {field for _, field in outputs})
    if unwanted:
        plan = Drop(plan, unwanted, **marks(node))
    return plan, {name: field for name, field in fields.items() if name not in unwanted}


def resolve_judge(node: Judge, input: Node, shape: Shape) -> Step:
    """What is not there is told as missing."""
    reads = tuple((name, _known(concrete(expr, shape))) for name, expr in node.reads)
    fields = merged(shape, ((each.name, Field(each.type, Presence.maybe)) for each in node.answers))
    return Judge(input, node.judge, reads, node.answers, node.option, **marks(node)), fields


def _known(expr: Expr) -> Expr:
    """An alternative among those that are there."""
    match expr:
        case Apply("coalesce", args):
            there = tuple(arg for arg in args if arg != NULL)
            return Apply("coalesce", there) if len(there) > 1 else there[0] if there else NULL
        case Apply("if", (test, yes, no)):
            return _known(yes) if test == Apply("isnull", (NULL,)) else Apply("if", (test, _known(yes), _known(no)))
        case _:
            return expr
