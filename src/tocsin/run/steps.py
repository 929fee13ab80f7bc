"""What a run has the engine carry out, as it would be if every record had every field that the search reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tocsin.cloudtrail.batch import empty
from tocsin.cloudtrail.paths import multivalued
from tocsin.cloudtrail.request import OFFSET, RAW, TIME, Want
from tocsin.config import Settings
from tocsin.engine.protocol import Engine
from tocsin.plan.expr import Type
from tocsin.plan.infer import infer
from tocsin.plan.nodes import Extend, Judge, Node, Rows, Select, chain, over
from tocsin.plan.resolve import resolve
from tocsin.run.compiled import Compiled
from tocsin.run.judges import Answered, judges
from tocsin.run.late import again, early, is_late, narrowing
from tocsin.run.matched import bound, with_leaf

Columns = Mapping[str, Type]


def steps(engine: Engine, search: Compiled, settings: Settings) -> Iterator[tuple[str, str]]:
    """The name of each step, and the engine's text for it. Lookups must be loaded; the engine is for nothing else."""
    part = narrowing(search.plan) if is_late(search, ()) else None
    first = early(search, settings) if part else search
    columns = _raw(engine, "raw", first.want)
    leaf = bound(first, "raw", columns, settings)
    yield "matched", engine.explain(leaf, stored=True)
    columns, table = _defined(engine, "matched", leaf, columns), "matched"
    if part:
        yield "kept", engine.explain(resolve(with_leaf(part, Rows("matched")), columns))
        columns = _raw(engine, "raw again", search.want)
        leaf = again(search, "raw again", columns, settings)
        yield "read again", engine.explain(leaf, stored=True)
        columns, table = _defined(engine, "read again", leaf, columns), "read again"
    yield from _to_the_result(engine, resolve(with_leaf(search.plan, Rows(table)), columns), settings)


def _raw(engine: Engine, table: str, want: Want) -> Columns:
    """What the scan brings of such records: a table without rows, and its columns."""
    found = {path: Type.multi if multivalued(path) else Type.text for path in want.paths}
    found |= {RAW: Type.text} if want.raw else {}
    engine.append(table, empty(found))
    return found


def _defined(engine: Engine, table: str, leaf: Node, raw: Columns) -> Columns:
    """The columns of a leaf, which gets a name, in their order."""
    engine.define(table, leaf, stored=False)
    types = {**raw, TIME: Type.number, OFFSET: Type.number}
    for node in chain(leaf):
        if isinstance(node, Extend):
            types |= {name: infer(expr, types) or Type.text for name, expr in node.columns}
        elif isinstance(node, Select):
            types = {name: types.get(name, Type.text) for name in node.names}
    return types


def _to_the_result(engine: Engine, plan: Node, settings: Settings) -> Iterator[tuple[str, str]]:
    """The part before each judge, which is asked about its rows, and the rest."""
    answered = Answered(engine, "rows", judges(settings), origins=False)
    for number, node in enumerate((each for each in chain(plan) if isinstance(each, Judge)), 1):
        yield f"before {node.judge} {number}", engine.explain(over(node, answered.plan(node.input)), stored=True)
    yield "result", engine.explain(answered.plan(plan))
