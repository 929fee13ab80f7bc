"""Fields of records, computed by an engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from tests.fields.records import PLACE, table, types
from tocsin.cloudtrail.bind import bind
from tocsin.cloudtrail.fields import FieldOptions
from tocsin.engine.protocol import Engine, Value
from tocsin.plan.demand import Demand
from tocsin.plan.expr import TRUE, Expr, Type
from tocsin.plan.nodes import Scan

Fields = dict[str, Value]

STRICT = FieldOptions()
_NAMES = count()


@dataclass(frozen=True)
class Loaded:
    """Records as raw columns in a table of an engine."""

    engine: Engine
    table: str
    columns: Mapping[str, Type]


def load(engine: Engine, records: Sequence[dict[str, Any]]) -> Loaded:
    name = f"records:{next(_NAMES)}"
    engine.append(name, table(records))
    return Loaded(engine, name, types(records))


def compute(
    loaded: Loaded, demand: Demand, options: FieldOptions = STRICT, condition: Expr = TRUE
) -> dict[int, Fields]:
    """The demanded fields of each record for which the condition holds, by its place among the records."""
    wanted = Demand(demand.names | {PLACE}, demand.patterns, demand.optional)
    plan = bind(Scan(condition), wanted, loaded.table, loaded.columns, options)
    result = loaded.engine.run(plan, origins=False)
    rows = (dict(zip(result.columns, row.values, strict=True)) for row in result.rows)
    return {int(str(row.pop(PLACE))): row for row in rows}
