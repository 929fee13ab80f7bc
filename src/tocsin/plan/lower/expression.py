"""Eval expressions to plan expressions: names made canonical, hidden inputs (now, time zone) made arguments."""

from __future__ import annotations

from tocsin.diagnostics.catalogue import plan as catalogue
from tocsin.plan.expr import NULL, Apply, Column, Constant, Expr
from tocsin.plan.infer import is_condition
from tocsin.plan.lower.call import call_function
from tocsin.plan.lower.context import Context, Lowering
from tocsin.spl import ast

OPERATORS = {
    "or": "or",
    "xor": "xor",
    "and": "and",
    "=": "equal",
    "!=": "not_equal",
    "<": "less",
    "<=": "less_equal",
    ">": "greater",
    ">=": "greater_equal",
    "+": "add",
    "-": "subtract",
    "*": "multiply",
    "/": "divide",
    "%": "modulo",
    ".": "concat",
}
LOGIC = frozenset({"and", "or", "xor"})
CHAINED = frozenset({"and", "or", "."})


def lower_expression(expression: ast.Expr, context: Context) -> Expr:
    """The plan's form of an eval expression. Raises CompileError with every problem in it."""
    lowering = Lowering(context)
    lowered = value(expression, lowering)
    lowering.finish()
    return lowered


def value(expression: ast.Expr, lowering: Lowering) -> Expr:
    """Like `lower_expression`, with problems collected."""
    match expression:
        case ast.Text(text, span=span):
            return Constant(text, span=span)
        case ast.Number(text, span=span):
            return Constant(float(text), span=span)
        case ast.FieldRef(name, span=span):
            return Column(name, span=span)
        case ast.Unary("not", operand, span=span):
            return Apply("not", (condition_value(operand, lowering),), span=span)
        case ast.Unary(_, ast.Number(text), span=span):
            return Constant(-float(text), span=span)
        case ast.Unary(_, operand, span=span):
            return Apply("negate", (value(operand, lowering),), span=span)
        case ast.Binary(op, left, right, span=span):
            return Apply(OPERATORS[op], _operands(op, (left, right), lowering), span=span)
        case ast.Call():
            args = tuple(value(each, lowering) for each in expression.args)
            return call_function(expression, args, lowering)


def condition_value(expression: ast.Expr, lowering: Lowering) -> Expr:
    """A value that must be a condition: true, false or NULL by its form. A field alone is none."""
    lowered = value(expression, lowering)
    if not is_condition(lowered):
        lowering.report(catalogue.not_a_condition(expression.span))
        return NULL
    return lowered


def _operands(op: str, sides: tuple[ast.Expr, ast.Expr], lowering: Lowering) -> tuple[Expr, ...]:
    """Both sides; a chain of `and`, of `or` or of `.` becomes one list."""
    operand = condition_value if op in LOGIC else value
    operands: list[Expr] = []
    for side in sides:
        if op in CHAINED and isinstance(side, ast.Binary) and side.op == op:
            operands.extend(_operands(op, (side.left, side.right), lowering))
        else:
            operands.append(operand(side, lowering))
    return tuple(operands)
