"""Conversions between text and numbers: `tostring`, `tonumber`, and the functions of the `convert` command."""

from __future__ import annotations

from tocsin.plan.expr import Type
from tocsin.plan.functions.signature import Function, Types, number, text


def _same(types: Types) -> Type:
    return types[0] or Type.text


TABLE = (
    Function(
        "tostring", 1, 2, text, "As text; a form `hex`, `commas` or `duration` for numbers; NULL gives NULL.", (1,)
    ),
    Function("tonumber", 1, 2, number, "The number that a text spells to a base (10); NULL if it spells none.", (1,)),
    Function("num", 1, 1, number, "The number that a text spells; NULL if it spells none."),
    Function("auto", 1, 1, _same, "The value as it is; numbers in text are numbers anyway; NULL gives NULL."),
    Function("none", 1, 1, _same, "The value as it is."),
    Function("rmunit", 1, 1, number, "The number at the head of the text; NULL if there is none."),
    Function("rmcomma", 1, 1, number, "The number in a text with thousands separators; NULL if it is none."),
    Function("memk", 1, 1, number, "Kilobytes of `10k`, `2m`, `1g`, a bare number being kilobytes; NULL for others."),
    Function("dur2sec", 1, 1, number, "Seconds of `[D+]HH:MM:SS`; NULL for others."),
    Function("mstime", 1, 1, number, "Seconds of `[MM:]SS.SSS`; NULL for others."),
    Function(
        "bin_number", 2, 2, text, "The range `10-20` of a width that holds the number; what is no number stays.", (1,)
    ),
)
