"""Which fields a plan reads from its records: schema on read, compiled.

The walk begins at the result, where an open search shows everything, and goes back to the leaf: each node turns
the fields that are wanted of its rows into those that it wants of its input's. Where that cannot be said exactly,
more is wanted than needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from tocsin.plan.expr import Apply, Column, Expr, columns
from tocsin.plan.names import captures, fill, is_pattern, matches, overlap
from tocsin.plan.nodes import (
    Aggregate,
    Dedup,
    Drop,
    Expand,
    Extend,
    FillNull,
    Filter,
    Join,
    Judge,
    Limit,
    Measure,
    Node,
    Rename,
    Rows,
    Scan,
    Select,
    Sort,
    Transform,
    Window,
)

TIMED = frozenset({"earliest", "latest", "earliest_time", "latest_time"})  # measures that read `_time`
# Functions that make sense of a missing field: one that only they read is no required field.
FORGIVING = frozenset({"coalesce", "isnull", "isnotnull", "exists", "not", "mvappend", "min", "max"})


class Demand(Struct, frozen=True):
    """Fields to read: exact names, and wildcard patterns (`requestParameters.*`; `*` is everything).

    `optional` are names that are only wanted if a record has them (the other side of a wildcard rename);
    they are names too, but never reported as missing.
    """

    names: frozenset[str] = frozenset()
    patterns: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()


NOTHING = Demand()
EVERYTHING = Demand(frozenset({"_time", "_raw"}), frozenset({"*"}), frozenset({"_time", "_raw"}))


def demand(plan: Node, wanted: Demand = EVERYTHING) -> Demand:
    """The fields that a plan reads from its leaf, if so much is wanted of its rows.

    An open search (no `stats`, no `table`) wants everything.
    """
    node = plan
    while not isinstance(node, Scan | Rows):
        wanted = demand_before(node, wanted)
        node = node.input
    return _with(wanted, columns(node.condition), optional=True) if isinstance(node, Scan) else wanted


def demand_before(node: Node, wanted: Demand) -> Demand:
    """What the input of a node must supply so that its rows have the wanted fields."""
    match node:
        case Filter(_, condition):
            return _read(wanted, (condition,))
        case Extend(_, computed):
            return _extended(computed, wanted)
        case Select(_, names, _, internal):
            return _selected(names, wanted, internal=internal)
        case Drop(_, names):
            return _without(wanted, (name for name in wanted.names if any(matches(each, name) for each in names)))
        case Rename(_, old, new):
            return _renamed(old, new, wanted) if is_pattern(old) else _moved(old, new, wanted)
        case Aggregate(_, keys, measures):
            return _measured(keys, measures, Demand())
        case Window(_, keys, measures):
            return _measured(keys, measures, _added(keys, measures, wanted))
        case Sort(_, keys):
            return _with(wanted, (key.name for key in keys), optional=True)
        case Dedup(_, names):
            return _with(wanted, names)
        case Transform(_, _, pattern, new) if new is not None:
            return _renamed(pattern, new, wanted) if is_pattern(pattern) else _copied(pattern, new, wanted)
        case Expand(_, name):
            return _with(wanted, (name,))
        case Join(_, _, keys, outputs, only_new):
            return _joined(keys, outputs or (), wanted, only_new=only_new)
        case Judge(_, _, reads, answers):
            return _asked(reads, (answer.name for answer in answers), wanted)
        case FillNull(_, _, names) if names is not None:
            return Demand(wanted.names, wanted.patterns, wanted.optional | (wanted.names & frozenset(names)))
        case Limit() | FillNull() | Transform() | Scan() | Rows():
            return wanted


def _with(wanted: Demand, names: Iterable[str], *, optional: bool = False) -> Demand:
    """The demand with more names. A name that is needed anywhere is not optional."""
    more = frozenset(names)
    loose = wanted.optional | (more - wanted.names) if optional else wanted.optional - more
    return Demand(wanted.names | more, wanted.patterns, loose)


def _read(wanted: Demand, exprs: Iterable[Expr]) -> Demand:
    """The demand with what expressions read; a field that may well be missing is optional."""
    exprs = tuple(exprs)
    loose = (name for expr in exprs for name in columns(expr))
    return _with(_with(wanted, loose, optional=True), (name for expr in exprs for name in _needed(expr)))


def _needed(expr: Expr) -> Iterator[str]:
    """The fields without which an expression says nothing."""
    match expr:
        case Column(name):
            yield name
        case Apply(function, args) if function not in FORGIVING:
            for arg in args:
                yield from _needed(arg)


def _without(wanted: Demand, names: Iterable[str]) -> Demand:
    """The demand without exact names. A pattern that covers them stays: too much is read, never too little."""
    less = frozenset(names)
    return Demand(wanted.names - less, wanted.patterns, wanted.optional - less)


def _covered(name: str, wanted: Demand) -> bool:
    return name in wanted.names or any(matches(pattern, name) for pattern in wanted.patterns)


def _loose(name: str, wanted: Demand) -> bool:
    """Whether a wanted name may be missing: it is optional, or only a pattern wants it."""
    return name in wanted.optional or name not in wanted.names


def _extended(computed: Iterable[tuple[str, Expr]], wanted: Demand) -> Demand:
    alive = [(name, expr) for name, expr in computed if _covered(name, wanted)]
    before = _without(wanted, (name for name, _ in alive))
    return _read(before, (expr for _, expr in alive))


def _asked(reads: Iterable[tuple[str, Expr]], answers: Iterable[str], wanted: Demand) -> Demand:
    """What a judge is told: it makes do with what a record has."""
    alive = [name for name in answers if _covered(name, wanted)]
    told = (name for _, expr in reads for name in columns(expr)) if alive else ()
    return _with(_without(wanted, alive), told, optional=True)


def _selected(selected: Iterable[str], wanted: Demand, *, internal: bool) -> Demand:
    """The part of the demand that passes; an exact name that a pattern wanted becomes a name."""
    selected = tuple(selected)
    exact = [name for name in selected if not is_pattern(name) and _covered(name, wanted)]
    passing = {name for name in wanted.names if any(matches(each, name) for each in selected)}
    if internal:
        passing |= wanted.names & {"_time", "_raw"}
    patterns = {
        each if pattern == "*" else pattern
        for pattern in wanted.patterns
        for each in selected
        if is_pattern(each) and overlap(each, pattern)
    }
    names = frozenset(exact) | passing
    return Demand(names, frozenset(patterns), wanted.optional & passing)


def _moved(old: str, new: str, wanted: Demand) -> Demand:
    """An exact rename: the new name's former values are lost whatever happens."""
    if not _covered(new, wanted):
        return _without(wanted, (old,))
    loose = _loose(new, wanted)
    return _with(_without(wanted, (old, new)), (old,), optional=loose)


def _copied(old: str, new: str, wanted: Demand) -> Demand:
    """A conversion under a new name: where the old field is missing the new one is left alone."""
    if not _covered(new, wanted):
        return wanted
    loose = Demand(wanted.names, wanted.patterns, wanted.optional | (wanted.names & {new}))
    return _with(loose, (old,), optional=_loose(new, wanted))


def _renamed(old: str, new: str, wanted: Demand) -> Demand:
    """A wildcard rename: every wanted name may come from the other side, or be there already."""
    found = {name: captures(new, name) for name in wanted.names}
    touched = {name for name, stars in found.items() if stars is not None}
    origins = {fill(old, stars) for stars in found.values() if stars is not None}
    names = wanted.names | origins
    patterns = wanted.patterns
    if any(overlap(new, pattern) for pattern in patterns):
        patterns |= {old}
    return Demand(names, patterns, wanted.optional | touched | (origins - wanted.names))


def _measured(keys: Iterable[str], measures: Iterable[Measure], wanted: Demand) -> Demand:
    measures = tuple(measures)
    patterns = {measure.pattern for measure in measures if measure.pattern is not None}
    timed = {"_time" for measure in measures if measure.function in TIMED}
    more = _with(_with(wanted, keys), timed)
    read = _read(more, (measure.argument for measure in measures if measure.argument is not None))
    return Demand(read.names, read.patterns | patterns, read.optional)


def _added(keys: tuple[str, ...], measures: Iterable[Measure], wanted: Demand) -> Demand:
    """A measure takes the place of a field of its name, but in rows without a key the field stays.

    A wildcard measure takes the place of those that some row has a value for.
    """
    measured = [measure.name for measure in measures]
    exact = frozenset(name for name in measured if not is_pattern(name))
    if not keys:
        wanted = _without(wanted, exact)
    made = frozenset(name for name in wanted.names if any(matches(each, name) for each in measured))
    return Demand(wanted.names, wanted.patterns, wanted.optional | made)


def _joined(
    keys: Iterable[tuple[str, str]], outputs: Iterable[tuple[str, str]], wanted: Demand, *, only_new: bool
) -> Demand:
    """A lookup's outputs are left alone where nothing matches, so they stay wanted, but need not be there."""
    fields = frozenset(field for _, field in outputs)
    names = wanted.names | (fields if only_new else frozenset())
    loose = Demand(names, wanted.patterns, wanted.optional | (names & fields))
    return _with(loose, (field for _, field in keys))
