"""Fields of records, computed by an engine."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

from tests.fields.records import PLACE, table, types
from tocsin.cloudtrail.bind import bind
from tocsin.cloudtrail.fields import FieldOptions
from tocsin.engine.protocol import Engine, Value
from tocsin.plan.demand import Demand
from tocsin.plan.expr import TRUE, Expr
from tocsin.plan.nodes import Scan

Fields = dict[str, Value]

_NAMES = count()


def compute(
    engine: Engine, records: Sequence[dict[str, Any]], demand: Demand, options: FieldOptions, condition: Expr = TRUE
) -> dict[int, Fields]:
    """The demanded fields of each record for which the condition holds, by its place among the records."""
    name = f"raw:{next(_NAMES)}"
    for position, record in enumerate(records):
        engine.append(name, table(record, position))
    wanted = Demand(demand.names | {PLACE}, demand.patterns, demand.optional)
    result = engine.run(bind(Scan(condition), wanted, name, types(records), options), origins=False)
    rows = (dict(zip(result.columns, row.values, strict=True)) for row in result.rows)
    return {int(str(row.pop(PLACE))): row for row in rows}
