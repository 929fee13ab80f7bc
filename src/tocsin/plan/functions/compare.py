"""Comparisons of `eval` and `where`. A multivalue field compares by any of its values."""

from __future__ import annotations

from tocsin.plan.functions.signature import Function, boolean

TABLE = (
    Function(
        "equal",
        2,
        2,
        boolean,
        "Numeric if one side is a number and both look numeric, else exact text; NULL if any is.",
    ),
    Function("not_equal", 2, 2, boolean, "The comparison of `equal`, true where values differ; NULL if any is NULL."),
    Function(
        "less", 2, 2, boolean, "Numeric if both look numeric, else by the bytes of the text; NULL if any is NULL."
    ),
    Function(
        "less_equal", 2, 2, boolean, "Numeric if both look numeric, else by the bytes of the text; NULL if any is."
    ),
    Function(
        "greater", 2, 2, boolean, "Numeric if both look numeric, else by the bytes of the text; NULL if any is NULL."
    ),
    Function(
        "greater_equal", 2, 2, boolean, "Numeric if both look numeric, else by the bytes of the text; NULL if any is."
    ),
    Function(
        "in",
        2,
        None,
        boolean,
        "`equal` to any of the further arguments; case-sensitive, no wildcards; NULL if the first is.",
    ),
    Function(
        "like",
        2,
        2,
        boolean,
        "Whole text against `%` (any) and `_` (one character), case-sensitive; NULL if any is NULL.",
    ),
    Function(
        "match",
        2,
        2,
        boolean,
        "A regular expression matches somewhere; on a multivalue field any value; NULL if any is NULL.",
    ),
    Function(
        "cidrmatch",
        2,
        2,
        boolean,
        "The address (second) lies in the block (first), IPv4 or IPv6; NULL if it is NULL.",
        (0,),
    ),
)
