"""Searches over tables of an engine, and tables of records, for tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa

from tests.conformance.case import table
from tocsin.cloudtrail.request import EVENT_ID, OFFSET, SEQ, TIME
from tocsin.engine.protocol import Engine, Row
from tocsin.plan.expr import Column, Type
from tocsin.plan.lower import Context, lower
from tocsin.plan.nodes import Extend, Filter, Node, Rows, Scan, chain, over
from tocsin.plan.resolve import resolve
from tocsin.source import Composed, Source
from tocsin.spl.parser import parse

Made = Callable[[Sequence[dict[str, Any]]], pa.Table]


def records(rows: Sequence[dict[str, Any]], start: int = 0, made: Made = table) -> pa.Table:
    """Rows with our own columns beside them. `time` and `id` are the record's; SEQ counts from `start`."""
    batch = made([{name: each for name, each in row.items() if name not in ("time", "id")} for row in rows])
    places = range(start, start + len(rows))
    batch = batch.append_column(
        TIME, pa.array([row.get("time", place) for row, place in zip(rows, places, strict=True)], pa.float64())
    )
    batch = batch.append_column(OFFSET, pa.array([0] * len(rows), pa.int16()))
    batch = batch.append_column(SEQ, pa.array(list(places), pa.int64()))
    return batch.append_column(EVENT_ID, pa.array([row.get("id") for row in rows], pa.string()))


def plan(engine: Engine, spl: str, name: str) -> Node:
    """The resolved plan of a search over a table; `_time` is the record's time."""
    lowered = lower(parse(Composed.whole(Source("<test>", spl))).pipeline, Context(1_700_000_000.0)).plan
    leaf, *rest = chain(lowered)
    assert isinstance(leaf, Scan)
    node: Node = Filter(Extend(Rows(name), (("_time", Column(TIME)),)), leaf.condition)
    for each in rest:
        node = over(each, node)
    return resolve(node, {"_time": Type.number, **engine.present(name)})


def run(engine: Engine, spl: str, name: str = "t", *, origins: bool = False) -> list[Row]:
    return list(engine.run(plan(engine, spl, name), origins=origins).rows)


def values(engine: Engine, spl: str, name: str = "t") -> list[tuple[Any, ...]]:
    return [row.values for row in run(engine, spl, name)]
