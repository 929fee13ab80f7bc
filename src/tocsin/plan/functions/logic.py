"""Logic over true, false and NULL (SQL's three values)."""

from __future__ import annotations

from tocsin.plan.functions.signature import Function, boolean

TABLE = (
    Function("and", 1, None, boolean, "True if all are; false if any is false; else NULL."),
    Function("or", 1, None, boolean, "True if any is; false if all are false; else NULL."),
    Function("not", 1, 1, boolean, "The opposite; NULL stays NULL."),
    Function("xor", 2, 2, boolean, "True if exactly one is true; NULL if any is NULL."),
)
