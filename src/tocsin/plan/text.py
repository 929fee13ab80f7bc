"""A plan as text for people: one node a line from the leaf on, expressions much as SPL writes them.

`=` and its like are comparisons of `search` (literal, case-insensitive); `==` and its like are those of `where`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tocsin.plan.expr import TRUE, Apply, Column, Constant, Expr, columns
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
    Measure,
    Node,
    Order,
    Rename,
    Rows,
    Scan,
    Select,
    Sort,
    Transform,
    Window,
    chain,
)

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
INFIX = {
    "search_equal": "=",
    "search_not_equal": "!=",
    "search_less": "<",
    "search_less_equal": "<=",
    "search_greater": ">",
    "search_greater_equal": ">=",
    "search_cidr": "=",
    "equal": "==",
    "not_equal": "!=",
    "less": "<",
    "less_equal": "<=",
    "greater": ">",
    "greater_equal": ">=",
    "add": "+",
    "subtract": "-",
    "multiply": "*",
    "divide": "/",
    "modulo": "%",
    "concat": ".",
    "and": "AND",
    "or": "OR",
    "xor": "XOR",
}
TIGHT = frozenset(name for name in INFIX if name.startswith("search_"))


def explain(plan: Node) -> str:
    """The plan's lines. The name of the macro that wrote a node stands behind it."""
    lines = (_line(node) for node in chain(plan))
    macros = (f"  `{node.macro}`" if node.macro else "" for node in chain(plan))
    return "\n".join(line + macro for line, macro in zip(lines, macros, strict=True))


def expression(expr: Expr) -> str:
    """An expression on one line.

    >>> expression(Apply("search_equal", (Column("eventName"), Constant("Put*"))))
    'eventName="Put*"'
    """
    match expr:
        case Constant(value):
            return _constant(value)
        case Column(name):
            return name if NAME.fullmatch(name) else f"'{name}'"
        case Apply("exists", (column,)):
            return f"{expression(column)}=*"
        case Apply("term" | "phrase" as function, (column, text)):
            return f"{function}({expression(column)}, {expression(text)})"
        case Apply("not", (arg,)):
            return f"NOT {_inner(arg)}"
        case Apply("negate", (arg,)):
            return f"-{_inner(arg)}"
        case Apply(function, args) if function in INFIX:
            sign = INFIX[function] if function in TIGHT else f" {INFIX[function]} "
            return sign.join(_inner(arg) for arg in args)
        case Apply(function, args):
            return f"{function}({', '.join(expression(arg) for arg in args)})"


def _inner(expr: Expr) -> str:
    """An operand, in brackets where it is itself made with an operator of words or signs."""
    loose = isinstance(expr, Apply) and (expr.function in INFIX.keys() - TIGHT or expr.function in ("not", "negate"))
    return f"({expression(expr)})" if loose else expression(expr)


def _constant(value: str | float | bool | None) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case str():
            escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            return f'"{escaped}"'
        case _:
            return f"{value:.15g}"


def _line(node: Node) -> str:
    match node:
        case Scan(condition, earliest, latest):
            times = f" earliest={earliest}" * bool(earliest) + f" latest={latest}" * bool(latest)
            return f"scan     {'everything' if condition == TRUE else expression(condition)}{times}"
        case Rows(table):
            return f"rows     {table}"
        case Filter(_, condition):
            return f"filter   {expression(condition)}"
        case Extend(_, columns):
            return f"compute  {', '.join(f'{_name(name)} := {expression(expr)}' for name, expr in columns)}"
        case Select(_, names, create, internal):
            kept = " (empty where missing)" * create + " and internal fields" * internal
            return f"keep     {_names(names)}{kept}"
        case Drop(_, names):
            return f"remove   {_names(names)}"
        case Rename(_, old, new):
            return f"rename   {_name(old)} AS {_name(new)}"
        case Aggregate(_, keys, measures):
            return f"group    {_measures(measures)}{_by(keys)}"
        case Window(_, keys, measures):
            return f"add      {_measures(measures)}{_by(keys)}"
        case _:
            return _row_line(node)


def _row_line(node: Node) -> str:
    match node:
        case Sort(_, keys, limit):
            return f"sort     {', '.join(map(_order, keys))}" + (f", the first {limit}" if limit is not None else "")
        case Limit(_, count):
            return f"first    {count}"
        case Dedup(_, names, limit, keep_empty):
            return f"dedup    {limit} of each {_names(names)}" + " (rows without them stay)" * keep_empty
        case FillNull(_, value, names):
            where = _names(names) if names is not None else "every field that some row has"
            return f"fill     {where} with {_constant(value)}"
        case Transform(_, function, pattern, new, arguments):
            parts = ", ".join((pattern, *map(_constant, arguments)))
            return f"convert  {function}({parts})" + (f" AS {_name(new)}" if new is not None else "")
        case Expand(_, name, limit):
            return f"expand   {_name(name)}" + (f", at most {limit}" if limit else "")
        case Join(_, lookup, keys, outputs, only_new):
            found = "every field" if outputs is None else ", ".join(_pair(*each) for each in outputs)
            new = " where none is there yet" * only_new
            return f"look up  {lookup} by {', '.join(_pair(*each) for each in keys)}: {found}{new}"
        case Judge(_, judge, reads, answers, option):
            told = _names(dict.fromkeys(name for _, expr in reads for name in columns(expr)))
            return f"ask      {judge}{f' ({option})' * bool(option)}: {_names(a.name for a in answers)} by {told}"
        case _:
            return type(node).__name__.lower()


def _names(names: Iterable[str]) -> str:
    return ", ".join(map(_name, names))


def _name(name: str) -> str:
    return name if re.fullmatch(r"[\w.*{}:-]+", name) else f'"{name}"'


def _by(keys: tuple[str, ...]) -> str:
    return f" BY {_names(keys)}" if keys else ""


def _measures(measures: Iterable[Measure]) -> str:
    return ", ".join(f"{_measure(each)} AS {_name(each.name)}" for each in measures)


def _measure(measure: Measure) -> str:
    argument = measure.pattern or ("" if measure.argument is None else expression(measure.argument))
    return f"{measure.function}({argument})"


def _order(key: Order) -> str:
    mode = "" if key.mode == "auto" else f" as {key.mode}"
    return f"{'-' if key.descending else ''}{_name(key.name)}{mode}"


def _pair(column: str, field: str) -> str:
    return _name(column) if column == field else f"{_name(column)} AS {_name(field)}"
