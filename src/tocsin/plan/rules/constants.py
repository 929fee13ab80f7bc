"""Folds `and`, `or` and `not` over constants in conditions."""

from __future__ import annotations

from msgspec.structs import replace

from tocsin.plan.expr import TRUE, Apply, Constant, Expr
from tocsin.plan.nodes import Filter, Node, Scan, chain, over

FALSE = Constant(False)


def fold_conditions(plan: Node) -> Node:
    """Conditions of searches and filters, with what is known of them carried out."""
    leaf, *rest = chain(plan)
    node = replace(leaf, condition=fold(leaf.condition)) if isinstance(leaf, Scan) else leaf
    for each in rest:
        folded = replace(each, condition=fold(each.condition)) if isinstance(each, Filter) else each
        node = over(folded, node)
    return node


def fold(expr: Expr) -> Expr:
    """The same condition with fewer constants; NULL stays, since it is neither true nor false."""
    match expr:
        case Apply("and", args, span=span):
            return _joined("and", args, TRUE, FALSE, expr)
        case Apply("or", args, span=span):
            return _joined("or", args, FALSE, TRUE, expr)
        case Apply("not", (arg,), span=span):
            folded = fold(arg)
            if folded in (TRUE, FALSE):
                return Constant(folded == FALSE, span=span)
            return Apply("not", (folded,), span=span)
        case _:
            return expr


def _joined(function: str, args: tuple[Expr, ...], neutral: Expr, final: Expr, expr: Apply) -> Expr:
    folded = [fold(arg) for arg in args]
    if final in folded:
        return final
    kept = tuple(arg for arg in folded if arg != neutral)
    match kept:
        case ():
            return neutral
        case (only,):
            return only
        case _:
            return Apply(function, kept, span=expr.span)
