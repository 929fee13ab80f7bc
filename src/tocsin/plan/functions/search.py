"""Comparisons of the `search` command: two-valued, a missing field gives false; any value of a multivalue field."""

from __future__ import annotations

from tocsin.plan.functions.signature import Function, boolean

_ORDER = "numeric if both look numeric, else by the bytes of the text; NULL gives false."

TABLE = (
    Function(
        "search_equal",
        2,
        2,
        boolean,
        "Any value is the text; ASCII case does not count, `*` is anything; NULL gives false.",
        (1,),
    ),
    Function(
        "search_not_equal", 2, 2, boolean, "The field exists and any value is not the text; NULL gives false.", (1,)
    ),
    Function("search_less", 2, 2, boolean, f"Any value is less: {_ORDER}", (1,)),
    Function("search_less_equal", 2, 2, boolean, f"Any value is less or equal: {_ORDER}", (1,)),
    Function("search_greater", 2, 2, boolean, f"Any value is greater: {_ORDER}", (1,)),
    Function("search_greater_equal", 2, 2, boolean, f"Any value is greater or equal: {_ORDER}", (1,)),
    Function(
        "search_cidr", 2, 2, boolean, "Any value is an address in the block, or the very text; NULL gives false.", (1,)
    ),
    Function("exists", 1, 1, boolean, "The field has a value (the empty text is one)."),
    Function("present", 1, 1, boolean, "Some row of the input has a value in the column; the same for every row."),
    Function(
        "term",
        2,
        2,
        boolean,
        "The word stands in the text as a whole token, whatever its case; `*` is anything in it.",
        (1,),
    ),
    Function("phrase", 2, 2, boolean, "The text contains the phrase, whatever its case; NULL gives false.", (1,)),
)
