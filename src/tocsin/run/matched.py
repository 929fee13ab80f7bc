"""From the records that the scan handed over to those that a search's base search really matches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from msgspec.structs import replace

from tocsin.cloudtrail.bind import bind, fold, missing_fields
from tocsin.cloudtrail.fields import expression
from tocsin.cloudtrail.request import TIME
from tocsin.config import Settings
from tocsin.diagnostics import TocsinError
from tocsin.engine.protocol import Engine
from tocsin.plan.expr import TRUE, Apply, Column, Constant, Expr, Type
from tocsin.plan.nodes import Filter, Node, Rows, Scan, chain
from tocsin.plan.schema import makes
from tocsin.risk.account import DetectionAccount, RunAccount
from tocsin.run.compiled import Compiled, field_options


def match(
    engine: Engine,
    compiled: Sequence[Compiled],
    settings: Settings,
    entries: dict[int, DetectionAccount],
    *,
    given: Set[int],
) -> None:
    """Apply each base search exactly, leave repeated deliveries out, and count. Failed searches stay out.

    `given` are those for which the scan found any record; the others match none, and the engine is not asked.
    """
    for index, search in enumerate(compiled):
        if index in given:
            try:
                _match(engine, index, search, settings, entries[index])
            except TocsinError as error:
                entries[index] = DetectionAccount(search.name, failed=str(error), judged=False)
        if entries[index].failed or not _is_cheap(search):
            engine.forget(f"raw:{index}")


def recount(engine: Engine, account: RunAccount, entries: Mapping[int, DetectionAccount]) -> None:
    """Count the records that the searches with these numbers match, each once."""
    running = [index for index, entry in entries.items() if entry.matched and not entry.failed]
    account.matched = engine.distinct([f"matched:{index}" for index in running])
    repeated = any(entries[index].duplicates for index in running)
    hits = engine.distinct([f"hits:{index}" for index in running]) if repeated else account.matched
    account.duplicates = hits - account.matched


def _match(engine: Engine, index: int, search: Compiled, settings: Settings, entry: DetectionAccount) -> None:
    hits, matched = f"hits:{index}", f"matched:{index}"
    raw = f"raw:{index}"
    engine.define(hits, bound(search, raw, engine.present(raw), settings), stored=not _is_cheap(search))
    if settings.keep_duplicates:
        engine.define(matched, Rows(hits), stored=False)
    else:
        entry.duplicates = engine.keep_first(hits, matched)
    entry.matched = engine.count(Rows(matched))
    if entry.matched:
        entry.missing_fields = _missing(search, engine.present(matched))


def _is_cheap(search: Compiled) -> bool:
    """Whether nearly every record matches, and telling so costs less than a copy of what does: `eventName=*`."""
    return _only_exists(fold(search.scan.condition))


def _only_exists(condition: Expr) -> bool:
    match condition:
        case Apply("and", args):
            return all(map(_only_exists, args))
        case Apply("exists", (Column(name),)):
            return expression(name) is None
        case _:
            return condition == TRUE


def _missing(search: Compiled, present: Mapping[str, Type]) -> list[str]:
    """Fields that the search cannot do without, or that its author calls required, and that no record has."""
    read = search.demand.names | search.demand.optional
    stated = search.detection.required_fields if search.detection else ()
    required = [
        name for name in stated if name in read and name not in present and not makes(search.plan, name, present)
    ]
    return list(dict.fromkeys((*missing_fields(search.demand, present), *required)))


def bound(search: Compiled, raw: str, columns: Mapping[str, Type], settings: Settings) -> Node:
    """The records of a table of the scan that a search's base search matches, with its window."""
    plan = bind(search.scan, search.demand, raw, columns, field_options(settings))
    limits = [_limit(limit, name) for limit, name in zip(search.window, ("less_equal", "greater"), strict=True)]
    conditions = [each for each in limits if each is not None]
    return Filter(plan, Apply("and", tuple(conditions))) if conditions else plan


def _limit(moment: float | None, compare: str) -> Expr | None:
    """earliest <= time, and latest > time."""
    return None if moment is None else Apply(compare, (Constant(moment), Column(TIME)))


def with_leaf(plan: Node, leaf: Node) -> Node:
    """The same plan over another leaf."""
    for node in chain(plan)[1:]:
        assert not isinstance(node, Scan | Rows)
        leaf = replace(node, input=leaf)
    return leaf
