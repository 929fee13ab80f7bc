"""Open searches that keep some records only (`search * | head 20`): which those are is found out first.

To lay out all fields of a record takes longer than all else about it. So the scan brings what tells which records are
kept, and those are read again with everything. Databases call it late materialization (Abadi et al., ICDE 2007).
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import closing

from msgspec.structs import replace

from tocsin.cloudtrail.bind import bind, want
from tocsin.cloudtrail.files import File
from tocsin.cloudtrail.inflate import STDIN
from tocsin.cloudtrail.request import RAW, Request
from tocsin.cloudtrail.scan import read_again
from tocsin.config import Settings
from tocsin.diagnostics import UsageError
from tocsin.engine.protocol import Engine
from tocsin.plan.demand import NOTHING, Demand, demand
from tocsin.plan.expr import TRUE, Constant, Type
from tocsin.plan.names import is_pattern
from tocsin.plan.nodes import Dedup, Drop, Extend, Filter, Limit, Node, Rename, Rows, Scan, Select, Sort, chain
from tocsin.run.compiled import Compiled, field_options

_KEPT = (("kept", Constant("1")),)  # rows without any field would be no results


def narrowing(plan: Node) -> Node | None:
    """The part of a plan, from its leaf on, whose rows are some of its records, one each; None if they are all.

    Carried out over those records alone it gives the same rows.
    """
    last = None
    for node in chain(plan)[1:]:
        if not _is_row_by_row(node):
            break
        if isinstance(node, Limit | Dedup) or (isinstance(node, Sort) and node.limit is not None) or _filters(node):
            last = node
    return None if last is None else Extend(last, _KEPT)


def _is_row_by_row(node: Node) -> bool:
    exact = isinstance(node, Rename) and not is_pattern(node.old)
    return exact or isinstance(node, Filter | Limit | Dedup | Sort | Extend | Select | Drop)


def _filters(node: Node) -> bool:
    return isinstance(node, Filter) and node.condition != TRUE


def is_late(search: Compiled, files: Sequence[File]) -> bool:
    """Whether it pays to read twice, and can be done: a pipe gives what it holds but once."""
    if narrowing(search.plan) is None or not (search.demand.patterns or RAW in search.demand.names):
        return False
    return all(each.size or (each.path != STDIN and os.path.isfile(each.path)) for each in files)  # noqa: PTH113 - as in `files`


def early(search: Compiled, settings: Settings) -> Compiled:
    """The search as the scan needs it to find out which records are kept, and which have the fields that it names."""
    part = narrowing(search.plan)
    read = demand(part, NOTHING) if part else NOTHING
    named = search.demand.names - {RAW} | read.names
    loose = search.demand.optional | read.optional - search.demand.names
    found = Demand(named, read.patterns, loose & named)
    return replace(search, demand=found, want=want(search.scan.condition, found, field_options(settings)))


def read_late(
    engine: Engine, search: Compiled, kept: Node, index: int, files: Sequence[File], settings: Settings
) -> str:
    """The name of a table of the records behind a plan's rows, with all that the search reads of them.

    Raises UsageError if they are not what they were.
    """
    records = _told(engine, kept)
    raw, table = f"late raw:{index}", f"late:{index}"
    request = _request(search, frozenset(records), settings)
    with closing(read_again(request, files, records, jobs=settings.jobs)) as batches:
        for _, batch in batches:
            engine.append(raw, batch)
    engine.define(table, again(search, raw, engine.present(raw), settings), stored=False)
    found = _told(engine, Select(Extend(Rows(table), _KEPT), ("kept",)))
    if lost := sum(found.get(seq) != told for seq, told in records.items()):
        raise UsageError(f"{lost:,} of {len(records):,} records could not be read again: have files changed?")
    return table


def again(search: Compiled, raw: str, columns: Mapping[str, Type], settings: Settings) -> Node:
    """Records that are known to match, of a table of what was read again."""
    leaf: Scan = replace(search.scan, condition=TRUE)
    return bind(leaf, search.demand, raw, columns, field_options(settings))


def _told(engine: Engine, plan: Node) -> dict[int, tuple[str | None, float | None]]:
    """What tells the records behind a plan's rows, by their SEQ: eventID and time."""
    origins = (row.origin for row in engine.run(plan, origins=True).rows)
    return {each.seq: (each.event_id, each.time) for origin in origins if origin for each in origin.first}


def _request(search: Compiled, seqs: frozenset[int], settings: Settings) -> Request:
    wanted = replace(search.want, condition=TRUE, only=seqs)
    return Request((wanted,), max_raw=settings.max_raw, max_record=settings.max_record)
