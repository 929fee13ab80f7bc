"""A search's rows, and what was lost on the way to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tocsin.diagnostics import TocsinError
from tocsin.engine.protocol import Engine, Result, Row
from tocsin.plan.audit import Dropped, Removed, audits
from tocsin.plan.nodes import Node, Rows
from tocsin.plan.resolve import resolve
from tocsin.risk.account import DetectionAccount, DroppedRows
from tocsin.run.compiled import Compiled
from tocsin.run.judges import Answered
from tocsin.run.matched import with_leaf


def rows(engine: Engine, plan: Node, answered: Answered, entry: DetectionAccount, *, origins: bool) -> Result:
    """Carry out a plan over the matched records and fill the detection's account."""
    for audit in audits(plan):
        _book(engine, audit, answered, entry)
    result = engine.run(answered.plan(plan), origins=origins)
    return Result(result.columns, _counted(result.rows, entry))


def over_matched(engine: Engine, index: int, search: Compiled) -> Node:
    """The search's plan over the records that its base search matched."""
    table = f"matched:{index}"
    return resolve(with_leaf(search.plan, Rows(table)), engine.present(table))


def _counted(found: Iterator[Row], entry: DetectionAccount) -> Iterator[Row]:
    """The rows, counted. If they cannot all be had, they end, and the entry says why."""
    try:
        for row in found:
            entry.rows += 1
            yield row
    except TocsinError as error:
        entry.failed = f"stopped after {entry.rows:,} rows: {error}"


def _book(engine: Engine, audit: Dropped | Removed, answered: Answered, entry: DetectionAccount) -> None:
    match audit:
        case Dropped(node, source, keys):
            rows = answered.plan(source)
            dropped, by_field = engine.missing(rows, keys)
            if dropped:
                entry.dropped.append(DroppedRows(dropped, dict(by_field), _command(node)))
                _never_there(engine, rows, by_field, entry)
        case Removed(macro, before, after):
            entry.filter_macro = macro
            entry.removed_by_filter = engine.count(answered.plan(before)) - engine.count(answered.plan(after))


def _never_there(engine: Engine, source: Node, by_field: Mapping[str, int], entry: DetectionAccount) -> None:
    """By-fields that no row has: the search can give nothing on this input, which a bare count would hide."""
    rows = engine.count(source)
    absent = [name for name, lacking in by_field.items() if lacking == rows]
    entry.missing_fields += [name for name in absent if name not in entry.missing_fields]


def _command(node: Node) -> str:
    text = " ".join(node.span.text.split()) if node.span else ""
    return text if len(text) <= 60 else text[:57] + "..."
