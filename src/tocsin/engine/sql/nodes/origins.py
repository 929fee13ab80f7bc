"""The records behind the rows of a grouped result: the first hundred by time of each.

Counting them and finding the first and the last time is part of the aggregate itself and costs nothing. Which
records they are is asked only for the rows that are left at the end: from each such row back through the groups
that it came from, by the groups' keys. The ranking that keeps a hundred is a window, which can spill to disk.
Of few records that way back takes longer to plan than all else, so each group keeps a list of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from tocsin.cloudtrail.request import EVENT_ID, SEQ, TIME
from tocsin.engine.sql import tree
from tocsin.engine.sql.query import Grouping, Query, Relation, aliased, named, select, where
from tocsin.engine.sql.scope import BEGIN, COUNT, END, GROUP, RECORDS, Origin, Scope, record
from tocsin.plan.expr import Type

MOST = 100
_FINAL, _AT, _RANK = "final", "at", "rank"
_RECORD = ("t", "s", "e")


def counted_records(scope: Scope) -> dict[str, exp.Expression]:
    """How many records stand behind a group, and the times of the first and the last; none if rows do not know."""
    match scope.origin:
        case Origin.none:
            return {}
        case Origin.record:
            count = tree.call("count", exp.Star())
            begin, end = tree.column(TIME), tree.column(TIME)
        case Origin.group:
            count = tree.cast(tree.coalesce(tree.call("sum", tree.column(COUNT)), tree.whole(0)), "BIGINT")
            begin, end = tree.column(BEGIN), tree.column(END)
    return {COUNT: count, BEGIN: tree.call("min", begin), END: tree.call("max", end)}


def listed_records(scope: Scope, query: Query) -> dict[str, exp.Expression]:
    """The first records behind a group as a list, where they are few and each stands behind one row."""
    if not query.few or query.repeats or scope.origin is not Origin.record:
        return {}
    by_time = tree.ordered(record(scope), [(tree.column(TIME), False), (tree.column(SEQ), False)])
    return {RECORDS: tree.call("list_slice", tree.call("list", by_time), tree.whole(1), tree.whole(MOST))}


def with_records(found: Relation, query: Query) -> Relation:
    """The rows with their records as a list, {t, s, e} each, sorted by time."""
    members = _members(found, query)
    order = [(tree.column("t"), False), (tree.column("s"), False)]
    rank = tree.row_number([tree.column(_FINAL)], order)
    ranked = query.add(select([exp.Star(), aliased(rank, _RANK)], members.name), members.scope, "ranked")
    first = exp.LTE(this=tree.column(_RANK), expression=tree.whole(MOST))
    behind = tree.struct(**{part: tree.column(part) for part in _RECORD})
    listed = tree.call("list", tree.ordered(behind, [(tree.column(_RANK), False)]))
    kept = where(select([tree.column(_FINAL), aliased(listed, RECORDS)], ranked.name), first)
    kept.set("group", exp.Group(expressions=[tree.column(_FINAL)]))
    records = query.add(kept, members.scope, "records")
    columns = [exp.Column(this=exp.Star(), table=tree.name("rows")), tree.column(RECORDS, "records")]
    on = tree.equal(tree.column(GROUP, "rows"), tree.column(_FINAL, "records"))
    joined = _join(columns, (found.name, "rows"), (records.name, "records"), on, side="left")
    return query.add(joined, found.scope.with_hidden(RECORDS), "with_records")


def every_record(found: Relation, query: Query) -> exp.Select:
    """The SEQ of each record behind the rows, once."""
    match found.scope.origin:
        case Origin.none:
            return where(select([aliased(tree.whole(0), SEQ)], found.name), tree.boolean(False))
        case Origin.record:
            seqs = select([tree.column(SEQ)], found.name)
        case Origin.group if RECORDS in found.scope.hidden:
            listed = [aliased(tree.call("unnest", tree.column(RECORDS)), RECORDS)]
            opened = query.add(select(listed, found.name), Scope({}), "listed")
            seqs = select([aliased(tree.field(tree.column(RECORDS), "s"), SEQ)], opened.name)
        case Origin.group:
            seqs = select([aliased(tree.column("s"), SEQ)], _members(found, query).name)
    seqs.set("distinct", exp.Distinct())
    return seqs


def _members(found: Relation, query: Query) -> Relation:
    """Pairs of a group of the result and a record behind it."""
    start = select([aliased(tree.column(GROUP), _FINAL), aliased(tree.column(GROUP), _AT)], found.name)
    start.set("distinct", exp.Distinct())
    pairs = query.add(start, Scope({}), "results")
    for grouping in reversed(query.groupings):
        pairs = _below(pairs, grouping, query)
        if RECORDS in grouping.rows.scope.hidden:
            break  # those rows know their records
    return pairs


def _below(pairs: Relation, grouping: Grouping, query: Query) -> Relation:
    """From groups to the rows that are in them: their records, or the groups that they are themselves."""
    groups, rows = grouping.groups, grouping.rows
    keys = [groups.scope.fields[key].ident for key in grouping.keys]
    columns = [tree.column(_FINAL, "results"), *(tree.column(key, "groups") for key in keys)]
    on = tree.equal(tree.column(GROUP, "groups"), tree.column(_AT, "results"))
    left = query.add(_join(columns, (groups.name, "groups"), (pairs.name, "results"), on), Scope({}), "groups_left")
    same = [
        tree.equal(rows.scope.fields[key].of("rows"), tree.column(ident, "groups"))
        for key, ident in zip(grouping.keys, keys, strict=True)
    ]
    behind = [tree.column(_FINAL, "groups"), *_behind(rows.scope)]
    members = _join(behind, (rows.name, "rows"), (left.name, "groups"), tree.all_of(*same))
    if RECORDS in rows.scope.hidden:
        members = _opened(query.add(members, Scope({}), "listed"))
    if query.repeats or RECORDS in rows.scope.hidden:
        members.set("distinct", exp.Distinct())
    return query.add(members, Scope({}), "members")


def _opened(listed: Relation) -> exp.Select:
    """Groups that brought a list of their records along: a row for each record."""
    parts = [aliased(tree.field(tree.column(RECORDS), part), part) for part in _RECORD]
    return select([tree.column(_FINAL), *parts], listed.name)


def _behind(scope: Scope) -> list[exp.Expression]:
    """The row's record, or the group that the row is, or the records that it knows of."""
    if RECORDS in scope.hidden:
        return [aliased(tree.call("unnest", tree.column(RECORDS, "rows")), RECORDS)]
    if scope.origin is Origin.group:
        return [aliased(tree.column(GROUP, "rows"), _AT)]
    event_id = tree.column(EVENT_ID, "rows") if EVENT_ID in scope.hidden else tree.null(Type.text)
    values = (tree.column(TIME, "rows"), tree.column(SEQ, "rows"), event_id)
    return [aliased(value, part) for part, value in zip(_RECORD, values, strict=True)]


def _join(
    columns: Sequence[exp.Expression],
    left: tuple[str, str],
    right: tuple[str, str],
    on: exp.Expression,
    side: str = "inner",
) -> exp.Select:
    rows = exp.Select(expressions=list(columns)).from_(named(*left), copy=False)
    return rows.join(named(*right), on=on, join_type=side, copy=False)
