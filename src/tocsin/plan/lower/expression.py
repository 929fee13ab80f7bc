"""Eval expressions to plan expressions: names made canonical, hidden inputs (now, time zone) made arguments."""

from __future__ import annotations

from collections.abc import Callable

from tocsin.diagnostics.catalogue import plan as catalogue
from tocsin.plan.expr import NULL, TRUE, Apply, Column, Constant, Expr
from tocsin.plan.lower.context import Context, Lowering
from tocsin.plan.lower.pattern import check_pattern
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
ALIASES = {"ceil": "ceiling"}
ZONED = frozenset({"strftime", "strptime", "relative_time"})  # get the searcher's zone as a last argument
PATTERNED = {"match": 1, "replace": 1, "mvfind": 1}  # which argument is a regular expression


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
            return Apply("not", (value(operand, lowering),), span=span)
        case ast.Unary(_, ast.Number(text), span=span):
            return Constant(-float(text), span=span)
        case ast.Unary(_, operand, span=span):
            return Apply("negate", (value(operand, lowering),), span=span)
        case ast.Binary(op, span=span):
            return Apply(OPERATORS[op], _operands(expression, lowering), span=span)
        case ast.Call():
            return _call(expression, lowering)


def _operands(binary: ast.Binary, lowering: Lowering) -> tuple[Expr, ...]:
    """Both sides; a run of `and`, `or` or `.` becomes one list (without recursion, so that it may be long)."""
    right = [binary.right]
    left = binary.left
    while binary.op in ("and", "or", ".") and isinstance(left, ast.Binary) and left.op == binary.op:
        right.append(left.right)
        left = left.left
    return tuple(value(each, lowering) for each in (left, *reversed(right)))


def _call(call: ast.Call, lowering: Lowering) -> Expr:
    special = SPECIAL.get(call.function)
    if special is not None:
        return special(call, lowering)
    name = ALIASES.get(call.function, call.function)
    args = [value(each, lowering) for each in call.args]
    if name in PATTERNED:
        _check_argument(args, PATTERNED[name], lowering)
    if name in ZONED:
        args.append(Constant(lowering.context.timezone))
    return Apply(name, tuple(args), span=call.span)


def _check_argument(args: list[Expr], place: int, lowering: Lowering) -> None:
    """Check a constant pattern and respell it; a pattern that is a field's value is left to the engine."""
    match args[place : place + 1]:
        case [Constant(str() as text, span=span)] if span is not None:
            args[place] = Constant(check_pattern(text, span, lowering).text, span=span)


def _is_in(call: ast.Call, lowering: Lowering) -> Expr:
    if len(call.args) < 2:
        lowering.report(catalogue.wrong_arguments("in", "a value and a list", len(call.args), call.span))
        return NULL
    field, *listed = (value(each, lowering) for each in call.args)
    equals = tuple(Apply("equal", (field, each), span=call.span) for each in listed)
    return equals[0] if len(equals) == 1 else Apply("or", equals, span=call.span)


def _constant(constant: Constant) -> Callable[[ast.Call, Lowering], Expr]:
    def lower(call: ast.Call, lowering: Lowering) -> Expr:
        if call.args:
            lowering.report(catalogue.wrong_arguments(call.function, "no arguments", len(call.args), call.span))
        return Constant(constant.value, span=call.span)

    return lower


def _now(call: ast.Call, lowering: Lowering) -> Expr:
    return _constant(Constant(lowering.context.now))(call, lowering)


def _exact(call: ast.Call, lowering: Lowering) -> Expr:
    if len(call.args) != 1:
        lowering.report(catalogue.wrong_arguments("exact", "one argument", len(call.args), call.span))
        return NULL
    return value(call.args[0], lowering)


# Functions that are no functions of the plan. `time()` is the wall clock in Splunk; here time is a parameter.
SPECIAL: dict[str, Callable[[ast.Call, Lowering], Expr]] = {
    "null": _constant(NULL),
    "true": _constant(TRUE),
    "false": _constant(Constant(False)),
    "now": _now,
    "time": _now,
    "in": _is_in,
    "exact": _exact,
}
