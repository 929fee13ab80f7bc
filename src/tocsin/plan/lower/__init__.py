"""Syntax tree to plan: one file per command, and the two kinds of expressions."""

from tocsin.plan.lower.condition import Modifiers, lower_search
from tocsin.plan.lower.context import Context, Lowered
from tocsin.plan.lower.expression import lower_expression
from tocsin.plan.lower.pipeline import lower

__all__ = ["Context", "Lowered", "Modifiers", "lower", "lower_expression", "lower_search"]
