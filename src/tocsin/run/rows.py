"""A search's rows, and what was lost on the way to them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from tocsin.diagnostics import TocsinError
from tocsin.engine.protocol import Engine, Result, Row
from tocsin.plan.audit import Dropped, Removed, audits
from tocsin.plan.nodes import Node, Rows
from tocsin.plan.resolve import output_columns, resolve
from tocsin.plan.schema import makes
from tocsin.risk.account import DetectionAccount, DroppedRows
from tocsin.run.compiled import Compiled
from tocsin.run.judges import Answered
from tocsin.run.matched import with_leaf


def rows(
    engine: Engine, search: Compiled, plan: Node, answered: Answered, entry: DetectionAccount, *, origins: bool
) -> Result:
    """Carry out a search's plan over the matched records and fill its account."""
    book(engine, search, plan, answered, entry)
    result = engine.run(answered.plan(plan), origins=origins)
    return Result(result.columns, _counted(result.rows, entry))


def book(engine: Engine, search: Compiled, plan: Node, answered: Answered, entry: DetectionAccount) -> None:
    """Count what is lost on the way through a plan. It adds up: a plan may be carried out part by part."""
    for audit in audits(plan):
        _book(engine, search, audit, answered, entry)


def nothing(search: Compiled, entry: DetectionAccount) -> Result:
    """The result of a search that matched no record, where that means no rows. No engine and no judge is asked."""
    plan = resolve(with_leaf(search.plan, Rows("nothing")), {})
    for audit in audits(plan):
        if isinstance(audit, Removed):
            entry.filter_macro = audit.macro
    return Result(output_columns(plan), iter(()))


def over_records(engine: Engine, table: str, plan: Node) -> Node:
    """A search's plan over a table of records."""
    return resolve(with_leaf(plan, Rows(table)), engine.present(table))


def _counted(found: Iterator[Row], entry: DetectionAccount) -> Iterator[Row]:
    """The rows, counted. If they cannot all be had, they end, and the entry says why."""
    try:
        for row in found:
            entry.rows += 1
            yield row
    except TocsinError as error:
        entry.failed = f"stopped after {entry.rows:,} rows: {error}"


def _book(
    engine: Engine, search: Compiled, audit: Dropped | Removed, answered: Answered, entry: DetectionAccount
) -> None:
    match audit:
        case Dropped(node, source, keys):
            rows = answered.plan(source)
            dropped, by_field = engine.missing(rows, keys)
            if dropped:
                entry.dropped.append(DroppedRows(dropped, dict(by_field), _command(node)))
                entry.missing_fields += _never_there(search, engine.count(rows), by_field, entry.missing_fields)
        case Removed(macro, before, after):
            entry.filter_macro = macro
            entry.removed_by_filter += engine.count(answered.plan(before)) - engine.count(answered.plan(after))


def _never_there(search: Compiled, rows: int, by_field: Mapping[str, int], told: Collection[str]) -> Iterator[str]:
    """By-fields that no row has: the search can give nothing on this input, which a bare count would hide.

    One that a command was to make is no field of the records: what it is made of is missing, or does not fit.
    """
    for name, lacking in by_field.items():
        if lacking == rows and name not in told and not makes(search.plan, name, ()):
            yield name


def _command(node: Node) -> str:
    text = " ".join(node.span.text.split()) if node.span else ""
    return text if len(text) <= 60 else text[:57] + "..."
