"""A body in SQL for each function that `tocsin.plan.functions` declares, one file a family."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sqlglot import exp

from tocsin.engine.sql.expressions import Call
from tocsin.engine.sql.functions import (
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

_FAMILIES = (logic, compare, search, arithmetic, conditional, text, multivalue, numbers, time, convert)

BODIES: Mapping[str, Callable[[Call], exp.Expression]] = MappingProxyType(
    {name: body for family in _FAMILIES for name, body in family.BODIES.items()}
)
