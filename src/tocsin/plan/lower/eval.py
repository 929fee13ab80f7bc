"""`eval`: compute fields, from left to right; a later one sees the earlier ones."""

from __future__ import annotations

from tocsin.diagnostics.catalogue import plan as catalogue
from tocsin.plan.expr import NULL, Expr
from tocsin.plan.infer import is_condition
from tocsin.plan.lower.context import Lowering
from tocsin.plan.lower.expect import expect_columns
from tocsin.plan.lower.expression import value
from tocsin.plan.lower.marks import marks
from tocsin.plan.nodes import Extend, Node
from tocsin.spl.commands.eval import Assignment, Eval


def lower_eval(command: Eval, input: Node, lowering: Lowering) -> Node:
    """One node an assignment. A condition cannot be assigned, as in Splunk."""
    node = input
    for assignment in command.assignments:
        computed = _computed(assignment, lowering)
        expect_columns(computed, node, lowering)
        node = Extend(node, ((assignment.name, computed),), **marks(command))
    return node


def _computed(assignment: Assignment, lowering: Lowering) -> Expr:
    if assignment.computed_name:
        lowering.report(catalogue.computed_name(assignment.name, assignment.span))
    computed = value(assignment.value, lowering)
    if computed != NULL and is_condition(computed):
        lowering.report(catalogue.not_a_value(assignment.value.span))
        return NULL
    return computed
