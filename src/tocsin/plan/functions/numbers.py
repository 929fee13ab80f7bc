"""Functions on numbers. What is or looks like no number gives NULL, and so does a result that is not finite."""

from __future__ import annotations

from tocsin.plan.functions.signature import Function, number, smallest

TABLE = (
    Function("abs", 1, 1, number, "Without sign; NULL for no number."),
    Function("ceiling", 1, 1, number, "Up to the next whole number; NULL for no number."),
    Function("floor", 1, 1, number, "Down to the next whole number; NULL for no number."),
    Function("round", 1, 2, number, "To so many decimals (0): shifted, halves away from zero, shifted back."),
    Function("sqrt", 1, 1, number, "The square root; NULL for no number or a negative one."),
    Function("pow", 2, 2, number, "The first to the power of the second; NULL for no number."),
    Function("exp", 1, 1, number, "e to the power; NULL for no number."),
    Function("ln", 1, 1, number, "The natural logarithm; NULL for no number or one not above zero."),
    Function("log", 1, 2, number, "The logarithm to a base (10); NULL for no number or one not above zero."),
    Function(
        "min", 1, None, smallest, "The smallest of all values, numbers below text; NULLs are ignored; NULL if all are."
    ),
    Function(
        "max", 1, None, smallest, "The largest of all values, text above numbers; NULLs are ignored; NULL if all are."
    ),
)
