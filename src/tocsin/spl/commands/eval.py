"""`eval`: compute fields, from left to right."""

from __future__ import annotations

import re

from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.spl.ast import Command, Expr, Written
from tocsin.spl.cursor import Cursor
from tocsin.spl.eval_expression import read_expression
from tocsin.spl.eval_text import expression_text
from tocsin.spl.lexer import EVAL, EVAL_TARGET, WORDS, value
from tocsin.spl.quoting import name as name_text
from tocsin.spl.quoting import quoted


class Assignment(Written, frozen=True):
    """`name = value`; `computed_name` for `{field} = value`, where the name is that field's value."""

    name: str
    value: Expr
    computed_name: bool = False


class Eval(Command, frozen=True):
    assignments: tuple[Assignment, ...]


def parse(cursor: Cursor) -> Eval:
    assignments = [_assignment(cursor)]
    while cursor.take_kind(EVAL, "comma"):
        assignments.append(_assignment(cursor))
    return Eval(tuple(assignments), **cursor.identity())


def _assignment(cursor: Cursor) -> Assignment:
    target = cursor.take_kind(EVAL_TARGET, "string", "field", "word")
    if target is None:
        cursor.fail_unexpected("a field name", EVAL_TARGET)
    sign = cursor.take_kind(WORDS, "op")
    if sign is None or sign.text != "=":
        cursor.fail(catalogue.missing_argument(cursor.of(target), "eval", "`name = expression`"))
    name = value(target)
    computed = target.kind == "word" and re.search(r"\{[^{}]+\}", name) is not None
    if computed and not re.fullmatch(r"\{[^{}]+\}", name):
        cursor.fail(catalogue.partly_computed_name(cursor.of(target), name))
    read = read_expression(cursor)
    return Assignment(name[1:-1] if computed else name, read, computed, span=cursor.since(target.start))


def to_text(command: Eval) -> str:
    return "eval " + ", ".join(map(_assignment_text, command.assignments))


def _assignment_text(assignment: Assignment) -> str:
    plain = name_text(assignment.name) if "{" not in assignment.name else quoted(assignment.name)
    target = f"{{{assignment.name}}}" if assignment.computed_name else plain
    return f"{target} = {expression_text(assignment.value)}"
