"""Which fields a row can have at a place in a plan, as far as the plan alone tells, before any record is read."""

from __future__ import annotations

from collections.abc import Container

from tocsin.plan.names import captures, fill, is_pattern, select
from tocsin.plan.nodes import (
    Aggregate,
    Drop,
    Extend,
    FillNull,
    Join,
    Judge,
    Measure,
    Node,
    Rename,
    Select,
    Transform,
    Window,
    chain,
)

Names = frozenset[str]

INTERNAL: Names = frozenset({"_time", "_raw"})


def closed_fields(node: Node) -> Names | None:
    """The only fields that a row of this node can have; None while a record's own fields are still among them."""
    known: Names | None = None
    for each in chain(node):
        known = _closed_after(each, known)
    return known


def made_fields(node: Node) -> Names:
    """Fields that the commands so far have made themselves, whether they are still there or not."""
    return frozenset(name for each in chain(node) for name in _made(each))


def makes(plan: Node, name: str, present: Container[str]) -> bool:
    """Whether some command makes the field, of records that have the fields `present`."""
    return any(_makes(node, name, present) for node in chain(plan))


def _makes(node: Node, name: str, present: Container[str]) -> bool:
    match node:
        case Aggregate(_, _, measures) | Window(_, _, measures):
            return any(measure.name == name for measure in measures)
        case Rename(_, old, new) if is_pattern(old):
            stars = captures(new, name)
            return stars is not None and fill(old, stars) in present
        case Select():
            return False
        case _:
            return name in _after(node, frozenset())


def _closed_after(node: Node, known: Names | None) -> Names | None:
    match node:
        case Aggregate(_, keys, measures):
            return _aggregated(known, keys, measures)
        case Select(_, names, create, internal):
            return _selected(known, names, create=create, internal=internal)
        case Extend(_, columns) if any(is_pattern(name) for name, _ in columns):
            return None  # every leaf of a text
    return None if known is None else _after(node, known)


def _made(node: Node) -> Names:
    match node:
        case Aggregate(_, keys, measures):
            return frozenset(keys) | {each.name for each in measures}
        case Select(_, names):
            return frozenset(names)
        case _:
            return _after(node, frozenset())


def _aggregated(known: Names | None, keys: tuple[str, ...], measures: tuple[Measure, ...]) -> Names | None:
    names = set(keys)
    for measure in measures:
        if measure.pattern is None:
            names.add(measure.name)
        elif known is None:
            return None
        else:
            found = (captures(measure.pattern, name) for name in known)
            names.update(fill(measure.name, stars) for stars in found if stars is not None)
    return frozenset(names)


def _selected(known: Names | None, names: tuple[str, ...], *, create: bool, internal: bool) -> Names | None:
    if known is None:
        if any(is_pattern(name) for name in names):
            return None
        return frozenset(names) | (INTERNAL if internal else frozenset())
    kept = {match for name in names for match in select(name, known)}
    kept.update(name for name in names if create and not is_pattern(name))
    return frozenset(kept) | (known & INTERNAL if internal else frozenset())


def _after(node: Node, known: Names) -> Names:
    match node:
        case Extend(_, columns):
            return known | {name for name, _ in columns}
        case Judge(_, _, _, answers):
            return known | {answer.name for answer in answers}
        case Window(_, _, measures):
            return known | {measure.name for measure in measures}
        case Drop(_, names):
            return known - {match for name in names for match in select(name, known)}
        case Rename(_, old, new):
            return frozenset(_renamed(name, old, new) for name in known) | _new_name(old, new)
        case FillNull(_, _, names) if names is not None:
            return known | frozenset(names)
        case Transform(_, _, pattern, new) if new is not None:
            return known | {fill(new, captures(pattern, name) or ()) for name in select(pattern, known)} | _name(new)
        case Join(_, _, _, outputs) if outputs is not None:
            return known | {field for _, field in outputs}
        case _:
            return known


def _renamed(name: str, old: str, new: str) -> str:
    stars = captures(old, name)
    return name if stars is None else fill(new, stars)


def _new_name(old: str, new: str) -> Names:
    return frozenset() if is_pattern(old) else _name(new)


def _name(new: str) -> Names:
    return frozenset() if is_pattern(new) else frozenset({new})
