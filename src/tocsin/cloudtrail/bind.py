"""The join of a plan and the records: which paths a search needs, and its leaf over the columns that came.

`want` goes before the scan, `bind` after it. Between them a field's name becomes its expression over raw paths.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tocsin.cloudtrail.fields import FieldOptions, expression, names, stages
from tocsin.cloudtrail.metadata import fold, impossible_warnings, index_warnings
from tocsin.cloudtrail.raw_condition import raw_condition
from tocsin.cloudtrail.request import OFFSET, RAW, TIME, Want
from tocsin.plan.demand import Demand
from tocsin.plan.expr import TRUE, Expr, Type, columns
from tocsin.plan.names import select
from tocsin.plan.nodes import Extend, Filter, Node, Rows, Scan, Select

__all__ = ["bind", "fold", "impossible_warnings", "index_warnings", "missing_fields", "reads_time", "want"]

_HIDDEN = "__tocsin_"


def want(condition: Expr, demand: Demand, options: FieldOptions) -> Want:
    """What the scan must deliver for a base search and the fields that its plan reads.

    The condition of the result is `Constant(False)` if no record can match.
    """
    folded = fold(condition)
    paths = _read(folded, demand, options)
    return Want(
        condition=raw_condition(folded, options),
        paths=tuple(sorted(paths - {RAW, TIME, OFFSET})),
        patterns=tuple(sorted(demand.patterns)),
        raw=RAW in paths,
    )


def reads_time(condition: Expr, demand: Demand, options: FieldOptions) -> bool:
    """Whether a base search or a field that its plan reads comes from the time of the record."""
    return not _read(fold(condition), demand, options).isdisjoint((TIME, OFFSET))


def _read(condition: Expr, demand: Demand, options: FieldOptions) -> set[str]:
    """The raw columns behind all that is read."""
    wanted = {*demand.names, *demand.optional, *columns(condition), *_matching(demand.patterns, names())}
    return {path for name in wanted for path in _paths(name, options)}


def bind(scan: Scan, demand: Demand, table: str, raw_columns: Mapping[str, Type], options: FieldOptions) -> Node:
    """The scan's rows: the raw table, with the demanded fields, filtered by the base search.

    Columns are the demanded names, and what the patterns match among raw columns and fields; a demanded name that
    no record has is an empty column, an optional one is left out. `_time` comes first, then the others by name,
    then internal ones. A field of the add-on hides a raw column of its name. Hidden columns pass along.
    """
    condition = fold(scan.condition)
    visible = _visible(demand, raw_columns)
    plan: Node = Rows(table)
    for stage in stages((*visible, *columns(condition)), options):
        plan = Extend(plan, stage, span=scan.span, macro=scan.macro)
    if condition != TRUE:
        plan = Filter(plan, condition, span=scan.span, macro=scan.macro)
    return Select(plan, visible, create=True, span=scan.span, macro=scan.macro)


def missing_fields(demand: Demand, present: Iterable[str]) -> tuple[str, ...]:
    """The names that the search reads and no record had, in order; optional ones do not count."""
    return tuple(sorted(demand.names - demand.optional - set(present)))


def _paths(name: str, options: FieldOptions) -> Iterator[str]:
    computed = expression(name, options)
    return iter((name,)) if computed is None else columns(computed)


def _visible(demand: Demand, raw_columns: Mapping[str, Type]) -> tuple[str, ...]:
    known = {*names(), *(name for name in raw_columns if not name.startswith(_HIDDEN))}
    found = {*(demand.names - demand.optional), *(demand.optional & known), *_matching(demand.patterns, known)}
    return tuple(sorted(found, key=_place))


def _place(name: str) -> tuple[int, str]:
    return (0 if name == "_time" else 2 if name.startswith("_") else 1), name


def _matching(patterns: Iterable[str], candidates: Iterable[str]) -> Iterator[str]:
    listed = tuple(candidates)
    for pattern in patterns:
        yield from select(pattern, listed)
