"""Names the fields that `spath` without a path extracts: those that the rest of the search asks for.

Which leaves a text has is known only when it is read; which of them matter is known from the commands after it.
While a search is being lowered, a computed column named `*` stands for all of them.
"""

from __future__ import annotations

from tocsin.diagnostics.catalogue import plan as catalogue
from tocsin.plan.demand import EVERYTHING, Demand, demand_before
from tocsin.plan.expr import Apply, Column, Constant, Expr
from tocsin.plan.lower.context import Lowering
from tocsin.plan.nodes import Extend, Node, chain, over

EVERY_LEAF = "*"


def name_leaves(plan: Node, lowering: Lowering) -> Node:
    """The plan with each such column replaced by the wanted ones. Refused where the result shows every field."""
    leaf, *rest = chain(plan)
    wanted = EVERYTHING
    named: list[Node] = []
    for node in reversed(rest):
        each = _named(node, wanted, lowering) if _is_every_leaf(node) else node
        named.append(each)
        wanted = demand_before(each, wanted)
    for each in reversed(named):
        leaf = over(each, leaf)
    return leaf


def _is_every_leaf(node: Node) -> bool:
    return isinstance(node, Extend) and node.columns[0][0] == EVERY_LEAF


def _named(node: Node, wanted: Demand, lowering: Lowering) -> Node:
    assert isinstance(node, Extend)
    assert node.span is not None
    if wanted.patterns:
        help = "`table` or `stats` after it, or a path: `spath input=field path=a.b output=name`"
        what = "extraction of every field where nothing later names the fields"
        lowering.report(catalogue.unsupported_option("spath", what, node.span, help))
    text = node.columns[0][1]
    names = sorted(name for name in wanted.names if not name.startswith("_"))
    columns = tuple((name, _leaf(text, name)) for name in names)
    return Extend(node.input, columns, span=node.span, macro=node.macro)


def _leaf(text: Expr, name: str) -> Expr:
    return Apply(
        "coalesce", (Apply("spath_leaf", (text, Constant(name)), span=text.span), Column(name)), span=text.span
    )
