"""Epoch seconds and wall clocks of a zone. UTC needs no zone arithmetic and gets none."""

from __future__ import annotations

from sqlglot import exp

from tocsin.diagnostics import CompileError
from tocsin.diagnostics.catalogue import engine as catalogue
from tocsin.engine.sql import tree
from tocsin.engine.sql.expressions import Call, Expressions, Value
from tocsin.plan.expr import Type
from tocsin.plan.moments import BadMomentError, zone_of

UTC = frozenset({"UTC", "Etc/UTC", "Z", "Zulu", "Etc/Zulu", "Universal"})


def zone_argument(call: Call, at: int) -> str:
    """The zone's name, checked; `UTC` for all names of it."""
    name = call.constant_text(at)
    try:
        zone_of(name)
    except BadMomentError as error:
        raise CompileError(
            [catalogue.bad_time_text(str(error), call.apply.args[at].span or call.apply.span)]
        ) from error
    return "UTC" if name in UTC else name


def wall(moment: exp.Expression, zone: str) -> exp.Expression:
    """What the zone's clocks show, as a timestamp; the moment must be a plain column."""
    utc = tree.call("spl_moment", moment)
    if zone == "UTC":
        return utc
    return tree.call("timezone", tree.text(zone), tree.call("timezone", tree.text("UTC"), utc))


def moment(wall: exp.Expression, zone: str, into: Expressions) -> exp.Expression:
    """The epoch seconds at which the zone's clocks show a timestamp.

    The first of the two where clocks go back, as for a window's ends; where they skip it, as far after the gap.
    """
    if zone == "UTC":
        return tree.call("epoch", wall)
    shown = into.once(Value(wall, Type.number)).sql
    last = tree.call("epoch", tree.call("timezone", tree.text(zone), shown))
    return tree.call("spl_first", shown.copy(), into.once(Value(last, Type.number)).sql, tree.text(zone))
