"""Whether the order of a search's records, or their times, can tell in its result."""

from __future__ import annotations

from tocsin.plan.nodes import Aggregate, Drop, Extend, FillNull, Filter, Node, Rename, Rows, Scan, Select, chain

_ORDERLESS = frozenset(
    {"count", "dc", "values", "sum", "sumsq", "avg", "min", "max", "range", "stdev", "stdevp", "var", "varp"}
)
_ROW_BY_ROW = (Filter, Extend, Select, Drop, Rename, FillNull)  # each row is made of one, and of nothing else


def tells_order(plan: Node) -> bool:
    """False only if the records are taken one by one until they are counted or summed up in groups.

    Fields that are computed from a record's time are not looked at: who reads them says so.
    """
    for node in chain(plan):
        match node:
            case Scan() | Rows():
                pass
            case Aggregate(_, _, measures):
                return any(measure.function not in _ORDERLESS for measure in measures)
            case _ if not isinstance(node, _ROW_BY_ROW):
                return True
    return True
