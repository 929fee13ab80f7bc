"""Choosing among values, and asking what a value is."""

from __future__ import annotations

from tocsin.plan.expr import Type
from tocsin.plan.functions.signature import Function, Types, boolean, text, unify


def _branches(types: Types) -> Type:
    return unify(types[1:])


def _case(types: Types) -> Type:
    return unify(types[1::2])


def _first(types: Types) -> Type:
    return types[0] or Type.text


TABLE = (
    Function("if", 3, 3, _branches, "The second if the first is true, else the third (also for NULL)."),
    Function("case", 2, None, _case, "The value after the first true condition; NULL if none is true."),
    Function("validate", 2, None, _case, "The value after the first condition that is false; NULL if all are true."),
    Function("coalesce", 1, None, unify, "The first that is not NULL; the empty text is not NULL."),
    Function("nullif", 2, 2, _first, "NULL if both are equal, else the first."),
    Function("isnull", 1, 1, boolean, "True for NULL, which is a missing field; never NULL."),
    Function("isnotnull", 1, 1, boolean, "True for any value, also the empty text; never NULL."),
    Function("isnum", 1, 1, boolean, "The value is or looks like a number; false for NULL."),
    Function("isint", 1, 1, boolean, "The value is or looks like a whole number; false for NULL."),
    Function("isstr", 1, 1, boolean, "The value is text that does not look like a number; false for NULL."),
    Function("isbool", 1, 1, boolean, "The value is a condition; false for NULL."),
    Function("typeof", 1, 1, text, "Number, String, Boolean, Multivalue, or Invalid for NULL."),
)
