"""The functions an expression or measure may name: arity, type of the result, rule for NULL. Bodies are engines'.

One file a family; `FUNCTIONS` and `MEASURES` hold them all by name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from tocsin.plan.expr import Type
from tocsin.plan.functions import (
    aggregate,
    arithmetic,
    compare,
    conditional,
    convert,
    logic,
    multivalue,
    numbers,
    search,
    text,
    time,
)
from tocsin.plan.functions.signature import Function, MeasureFunction

__all__ = ["FUNCTIONS", "MEASURES", "Function", "MeasureFunction", "find_measure", "measure_type", "result_type"]

_FAMILIES = (logic, compare, search, arithmetic, conditional, text, multivalue, numbers, time, convert)

FUNCTIONS: Mapping[str, Function] = MappingProxyType({each.name: each for family in _FAMILIES for each in family.TABLE})
MEASURES: Mapping[str, MeasureFunction] = MappingProxyType({each.name: each for each in aggregate.TABLE})


def find_measure(function: str) -> MeasureFunction | None:
    """The measure of that canonical name; `perc95` is `perc`. None if there is none.

    >>> find_measure("perc95").name
    'perc'
    """
    if re.fullmatch(r"perc\d{1,2}(\.\d+)?|perc100", function):
        return MEASURES["perc"]
    return MEASURES.get(function)


def result_type(function: str, args: tuple[Type | None, ...]) -> Type:
    """The type of a function's result; None among the arguments is NULL written out. KeyError if unknown.

    >>> result_type("coalesce", (Type.text, Type.multi))
    <Type.multi: 'multi'>
    """
    return FUNCTIONS[function].rule(args)


def measure_type(function: str, arg: Type | None) -> Type:
    """The type of a measure's result. KeyError if unknown."""
    found = find_measure(function)
    if found is None:
        raise KeyError(function)
    return found.rule(arg)
