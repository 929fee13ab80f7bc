"""A value in another form: as text, number, list of text or condition, by Splunk's rules of conversion."""

from __future__ import annotations

import re

from sqlglot import exp

from tocsin.diagnostics import CompileError
from tocsin.diagnostics.catalogue import engine as catalogue
from tocsin.engine.sql import tree
from tocsin.engine.sql.expressions import Expressions, Value, plain_text
from tocsin.engine.sql.macros import NUMBER
from tocsin.plan.expr import Constant, Type
from tocsin.source import Span


def as_text(value: Value, into: Expressions) -> exp.Expression:
    """Numbers without trailing `.0`; several values at once are no text, and give NULL."""
    if value.constant is not None and value.type is Type.number:
        return tree.text(plain_text(value.constant.value))
    match value.type:
        case None:
            return tree.null(Type.text)
        case Type.text:
            return value.copy()
        case Type.number:
            return tree.call("spl_text", into.once(value).copy())
        case Type.boolean:
            return tree.call("spl_flag", into.once(value).copy())
        case Type.multi:
            return tree.call("spl_single", into.once(value).copy())


def as_number(value: Value, into: Expressions) -> exp.Expression:
    """What a text spells; NULL where it spells no number."""
    if value.constant is not None and value.type is Type.text:
        number = spelt(value.constant)
        return tree.null(Type.number) if number is None else tree.double(number)
    match value.type:
        case Type.number:
            return value.copy()
        case Type.text | Type.multi:
            return tree.call("spl_number", as_text(value, into))
        case _:
            return tree.null(Type.number)


def as_list(value: Value, into: Expressions) -> exp.Expression:
    """A list of one for a single value; NULL stays NULL."""
    match value.type:
        case None:
            return tree.null(Type.multi)
        case Type.multi:
            return value.copy()
        case _:
            text = into.once(Value(as_text(value, into), Type.text, value.constant))
            if value.constant is not None:
                return tree.array(text.copy())
            return tree.call("spl_listed", text.copy())


def as_condition(value: Value, span: Span | None) -> exp.Expression:
    """True, false or NULL. Raises CompileError for anything that is no condition."""
    if value.type is None:
        return tree.null(Type.boolean)
    if value.type is not Type.boolean:
        raise CompileError([catalogue.no_condition(span)])
    return value.copy()


def as_type(value: Value, type: Type, into: Expressions) -> exp.Expression:
    match type:
        case Type.text:
            return as_text(value, into)
        case Type.number:
            return as_number(value, into)
        case Type.multi:
            return as_list(value, into)
        case Type.boolean:
            return value.copy() if value.type is Type.boolean else tree.null(Type.boolean)


def spelt(constant: Constant) -> float | None:
    """The number that a constant is or spells, as the engine's `spl_number` reads it."""
    if isinstance(constant.value, bool) or constant.value is None:
        return None
    if isinstance(constant.value, str):
        if not re.fullmatch(NUMBER, constant.value, re.ASCII):
            return None
        number = float(constant.value)
        return number if abs(number) != float("inf") else None
    return float(constant.value)
