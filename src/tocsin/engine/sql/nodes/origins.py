"""The records behind a group: how many, the first hundred by time, and when the first and the last happened.

Rows beyond the hundred never reach the aggregate that collects them: the window that ranks the rows can spill to
disk, the aggregate cannot.
"""

from __future__ import annotations

from sqlglot import exp

from tocsin.cloudtrail.request import TIME
from tocsin.engine.sql import tree
from tocsin.engine.sql.expressions import Expressions, Value
from tocsin.engine.sql.scope import BEGIN, COUNT, END, RECORDS, Origin, Scope, record
from tocsin.plan.expr import Type

MOST = 100


def grouped_records(
    scope: Scope, into: Expressions, partition: tuple[exp.Expression, ...]
) -> dict[str, exp.Expression]:
    """Our own columns of a group; none if the rows do not know their records."""
    match scope.origin:
        case Origin.none:
            return {}
        case Origin.record:
            return {
                COUNT: tree.call("count", exp.Star()),
                RECORDS: _first(record(scope), into, partition),
                BEGIN: tree.call("min", tree.column(TIME)),
                END: tree.call("max", tree.column(TIME)),
            }
        case Origin.group:
            return {
                COUNT: tree.cast(tree.coalesce(tree.call("sum", tree.column(COUNT)), tree.whole(0)), "BIGINT"),
                RECORDS: _merged(_first(tree.column(RECORDS), into, partition)),
                BEGIN: tree.call("min", tree.column(BEGIN)),
                END: tree.call("max", tree.column(END)),
            }


def _first(value: exp.Expression, into: Expressions, partition: tuple[exp.Expression, ...]) -> exp.Expression:
    """The smallest hundred values of the group, sorted."""
    if not partition:
        return tree.call("min", value, tree.whole(MOST))
    key = into.once(Value(value, Type.text))
    rank = into.once(Value(tree.row_number([each.copy() for each in partition], [(key.copy(), False)]), Type.number))
    wanted = exp.LTE(this=rank.copy(), expression=tree.whole(MOST))
    return tree.only_where(tree.call("list", tree.ordered(key.copy(), [(rank.copy(), False)])), wanted)


def _merged(lists: exp.Expression) -> exp.Expression:
    """The first hundred of all: they are among the hundred lists that begin first."""
    together = tree.call("list_sort", tree.call("list_distinct", tree.call("flatten", lists)))
    return tree.call("list_slice", together, tree.whole(1), tree.whole(MOST))
