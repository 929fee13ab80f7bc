"""A search carried out over no records: what only an engine refuses is found before anything is read."""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.cloudtrail.batch import empty
from tocsin.cloudtrail.metadata import fold
from tocsin.content.library import Library
from tocsin.diagnostics import CompileError
from tocsin.engine.protocol import Engine
from tocsin.plan.expr import Type
from tocsin.plan.nodes import Filter, Join, Node, Rows, Select, chain
from tocsin.plan.resolve import resolve
from tocsin.run.compiled import Compiled
from tocsin.run.judges import unasked
from tocsin.run.matched import with_leaf

_TABLE = "rehearsal"


def rehearse(engine: Engine, searches: Iterable[Compiled]) -> dict[int, CompileError]:
    """The searches that the engine refuses, by number, and why. Their lookups must be loaded.

    Regular expressions, time formats and blocks of addresses are the engine's to judge: only it knows what
    it can read.
    """
    searches = tuple(searches)
    names = {name for search in searches for name in search.demand.names}
    engine.append(_TABLE, empty(sorted(names)))
    refused: dict[int, CompileError] = {}
    for number, search in enumerate(searches):
        try:
            engine.check(_plan(search))
        except CompileError as error:
            refused[number] = error
    engine.forget(_TABLE)
    return refused


def load_lookups(engine: Engine, searches: Iterable[Compiled], library: Library) -> None:
    """Hand the engine every lookup table that a search reads."""
    used = {node.lookup for search in searches for node in chain(search.plan) if isinstance(node, Join)}
    for name in sorted(used):
        engine.append_lookup(name, library.lookups[name])


def _plan(search: Compiled) -> Node:
    """The plan as it would be if every record had every field that the search reads."""
    names = tuple(sorted(search.demand.names))
    leaf = Filter(Select(Rows(_TABLE), names), fold(search.scan.condition))
    columns = {name: Type.multi if "{}" in name else Type.text for name in names}
    return unasked(resolve(with_leaf(search.plan, leaf), columns, exact=False))
