"""Functions on times, which are epoch seconds."""

from __future__ import annotations

import re

from sqlglot import exp

from tocsin.diagnostics import CompileError
from tocsin.diagnostics.catalogue import engine as catalogue
from tocsin.engine.sql import tree
from tocsin.engine.sql.expressions import Call, Expressions, Value
from tocsin.engine.sql.forms import as_number
from tocsin.engine.sql.functions.arithmetic import number, text
from tocsin.engine.sql.functions.clock import moment, wall, zone_argument
from tocsin.engine.sql.functions.text import each_value
from tocsin.engine.sql.functions.timeformat import Time, formatted
from tocsin.engine.sql.functions.timeparse import parsed
from tocsin.plan.expr import Type
from tocsin.plan.moments import BadMomentError, Step, parse_steps

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}
_MONTHS = {"mon": 1, "q": 3, "y": 12}
_TRUNCATED = {"mon": "month", "q": "quarter", "y": "year"}
_SPAN = re.compile(r"(\d*)([a-z]+)")
_WEEKDAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
_MONTH_NAMES = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
_PARTS = {"second": "second", "minute": "minute", "hour": "hour", "mday": "day", "year": "year"}


def _once(value: exp.Expression, into: Expressions) -> exp.Expression:
    return into.once(Value(value, Type.number)).sql


def _strftime(call: Call) -> exp.Expression:
    zone = zone_argument(call, 2)
    epoch = _once(number(call, 0), call.into)
    return formatted(call.constant_text(1), _time(epoch, zone, call.into), call.apply.args[1].span)


def _time(epoch: exp.Expression, zone: str, into: Expressions) -> Time:
    return Time(epoch, _once(wall(epoch.copy(), zone), into), zone)


def _ctime(call: Call) -> exp.Expression:
    """Each value; whole seconds; what is no number stays as it is."""
    zone, format, span = zone_argument(call, 2), call.constant_text(1), call.apply.args[1].span

    def shown(subject: exp.Expression) -> exp.Expression:
        value = Value(subject, Type.text)
        epoch = _once(tree.call("floor", as_number(value, call.into)), call.into)
        return tree.coalesce(formatted(format, _time(epoch, zone, call.into), span), subject.copy())

    if call.value(0).type is Type.number:
        epoch = _once(tree.call("floor", number(call, 0)), call.into)
        return formatted(format, _time(epoch, zone, call.into), span)
    call.once(0)
    call.into.depth += call.value(0).type is Type.multi
    try:
        return each_value(call, 0, shown)
    finally:
        call.into.depth -= call.value(0).type is Type.multi


def _strptime(call: Call) -> exp.Expression:
    return parsed(text(call, 0), call.constant_text(1), zone_argument(call, 2), call.apply.args[1].span, call.into)


def _relative_time(call: Call) -> exp.Expression:
    zone = zone_argument(call, 2)
    at = number(call, 0)
    for step in _steps(call):
        at = _snapped(at, step, zone, call.into) if step.count is None else _moved(at, step, zone, call.into)
    return at


def _steps(call: Call) -> tuple[Step, ...]:
    try:
        return parse_steps(call.constant_text(1))
    except BadMomentError as error:
        span = call.apply.args[1].span or call.apply.span
        raise CompileError([catalogue.bad_time_text(str(error), span)]) from error


def _moved(at: exp.Expression, step: Step, zone: str, into: Expressions) -> exp.Expression:
    count = step.count or 0
    if step.unit in ("s", "m", "h") or (zone == "UTC" and step.unit in _SECONDS):
        return tree.add(at, tree.double(count * _SECONDS[step.unit]))
    if step.unit in _SECONDS:
        interval = tree.call("to_days", tree.whole(count * _SECONDS[step.unit] // 86400))
    else:
        interval = tree.call("to_months", tree.whole(count * _MONTHS[step.unit]))
    shown = wall(_once(at, into), zone)
    return moment(tree.call("TRY", tree.add(shown, interval)), zone, into)


def _snapped(at: exp.Expression, step: Step, zone: str, into: Expressions) -> exp.Expression:
    if step.unit in ("s", "m", "h"):
        return _floored(at, _SECONDS[step.unit], zone, into)
    shown = _once(wall(_once(at, into), zone), into)
    if step.unit in _TRUNCATED:
        return moment(tree.call("date_trunc", tree.text(_TRUNCATED[step.unit]), shown), zone, into)
    day = tree.call("date_trunc", tree.text("day"), shown)
    if step.unit == "w":
        past = tree.binary(
            exp.Mod, tree.add(tree.call("dayofweek", shown.copy()), tree.whole(7 - step.weekday)), tree.whole(7)
        )
        day = tree.subtract(day, tree.call("to_days", tree.cast(past, "INTEGER")))
    return moment(day, zone, into)


def _floored(at: exp.Expression, seconds: float, zone: str, into: Expressions) -> exp.Expression:
    """Down to a multiple of so many seconds of the zone's clocks."""
    if zone == "UTC":
        return tree.multiply(tree.call("floor", tree.binary(exp.Div, at, tree.double(seconds))), tree.double(seconds))
    epoch = _once(at, into)
    offset = _once(tree.subtract(tree.call("epoch", wall(epoch.copy(), zone)), epoch.copy()), into)
    local = tree.add(epoch.copy(), offset.copy())
    down = tree.multiply(tree.call("floor", tree.binary(exp.Div, local, tree.double(seconds))), tree.double(seconds))
    return tree.subtract(down, offset.copy())


def _bin_time(call: Call) -> exp.Expression:
    """Spans under a day count from 1970 UTC, days and longer from midnight in the zone."""
    zone = zone_argument(call, 2)
    count, unit = _span(call)
    if unit in _MONTHS:
        return _month_bin(call, int(count * _MONTHS[unit]), zone)
    seconds = count * _SECONDS[unit]
    if seconds < _SECONDS["d"] or zone == "UTC":
        return _floored(number(call, 0), seconds, "UTC", call.into)
    shown = tree.call("epoch", wall(_once(number(call, 0), call.into), zone))
    down = tree.multiply(tree.call("floor", tree.binary(exp.Div, shown, tree.double(seconds))), tree.double(seconds))
    return moment(tree.call("spl_moment", _once(down, call.into)), zone, call.into)


def _span(call: Call) -> tuple[float, str]:
    given = call.constant(1)
    if isinstance(given, float | int) and not isinstance(given, bool) and given > 0:
        return given, "s"
    found = _SPAN.fullmatch(str(given).strip().lower())
    unit = parse_steps(f"+1{found[2]}")[0].unit if found and _known_unit(found[2]) else ""
    count = float(found[1] or 1) if found else 0.0
    if not unit or not count:
        raise call.refuse(f"the span `{given}`", 1)
    return count, unit


def _known_unit(word: str) -> bool:
    try:
        return bool(parse_steps(f"+1{word}"))
    except BadMomentError:
        return False


def _month_bin(call: Call, months: int, zone: str) -> exp.Expression:
    shown = _once(wall(_once(number(call, 0), call.into), zone), call.into)
    year, month = tree.call("year", shown.copy()), tree.call("month", shown.copy())
    counted = tree.add(tree.multiply(year, tree.whole(12)), tree.subtract(month, tree.whole(1)))
    first = _once(tree.multiply(tree.call("divide", counted, tree.whole(months)), tree.whole(months)), call.into)
    start = tree.call(
        "make_timestamp",
        tree.call("divide", first.copy(), tree.whole(12)),
        tree.add(tree.binary(exp.Mod, first.copy(), tree.whole(12)), tree.whole(1)),
        tree.whole(1),
        tree.whole(0),
        tree.whole(0),
        tree.double(0),
    )
    return moment(start, zone, call.into)


def _date_part(call: Call) -> exp.Expression:
    """What the event's own text shows: the offset is the event's, not the searcher's."""
    part = call.constant_text(2)
    offset = tree.coalesce(number(call, 1), tree.double(0))
    if part == "zone":
        return tree.call("spl_text", _once(number(call, 1), call.into))
    local = _once(tree.add(number(call, 0), tree.multiply(offset, tree.double(60))), call.into)
    shown = _once(wall(local, "UTC"), call.into)
    if part == "wday":
        return _named(_WEEKDAYS, tree.add(tree.call("dayofweek", shown), tree.whole(1)))
    if part == "month":
        return _named(_MONTH_NAMES, tree.call("month", shown))
    if part not in _PARTS:
        raise call.refuse(f"the part `{part}`", 2)
    return tree.cast(tree.call(_PARTS[part], shown), "VARCHAR")


def _named(names: tuple[str, ...] | list[str], place: exp.Expression) -> exp.Expression:
    return tree.call("list_extract", tree.array(*(tree.text(each) for each in names)), place)


BODIES = {
    "strftime": _strftime,
    "strptime": _strptime,
    "relative_time": _relative_time,
    "bin_time": _bin_time,
    "date_part": _date_part,
    "ctime": _ctime,
    "mktime": _strptime,
}
