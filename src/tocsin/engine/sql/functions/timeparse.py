"""Splunk's time formats: from text to a time.

A regular expression takes the parts out of the head of the text (Splunk does not mind what follows). The date
must be in the format: a time of day alone would mean today.
"""

from __future__ import annotations

import re

from msgspec import Struct
from sqlglot import exp

from tocsin.diagnostics import CompileError
from tocsin.diagnostics.catalogue import engine as catalogue
from tocsin.engine.sql import tree
from tocsin.engine.sql.expressions import Expressions, Value
from tocsin.engine.sql.functions.clock import moment
from tocsin.engine.sql.functions.timeformat import FRACTION, tokens
from tocsin.engine.sql.functions.zonenames import readable
from tocsin.plan.expr import Type
from tocsin.source import Span

_TWO = "[0-9]{1,2}"
_OFFSET = "[+-][0-9]{2}:?[0-9]{2}|Z"
_SHAPES = {
    "Y": "[0-9]{4}",
    "y": "[0-9]{2}",
    "m": _TWO,
    "b": "[A-Za-z]{3}",
    "B": "[A-Za-z]+",
    "d": _TWO,
    "e": _TWO,
    "j": "[0-9]{1,3}",
    "H": _TWO,
    "k": _TWO,
    "I": _TWO,
    "p": "[AaPp][Mm]",
    "M": _TWO,
    "S": _TWO,
    "a": "[A-Za-z]{3}",
    "A": "[A-Za-z]+",
    "z": _OFFSET,
    ":z": _OFFSET,
    "Z": "[A-Za-z]+|[+-][0-9]{2}(?:[0-9]{2})?",
    **dict.fromkeys(FRACTION, "[0-9]{1,9}"),
}
_SAME = {"e": "d", "k": "H", "B": "b", ":z": "z", **dict.fromkeys(FRACTION, "N")}
_PADDED = frozenset("ek")
_DATES = tuple({year, *day} for year in "Yy" for day in ("md", "bd", "j"))
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class _Parts(Struct, frozen=True):
    """The parts found in a text: a struct of texts, empty where nothing fits; `codes` in their order."""

    found: exp.Expression
    codes: list[str]

    def number(self, code: str, otherwise: int = 0) -> exp.Expression:
        if code not in self.codes:
            return tree.whole(otherwise)
        return exp.TryCast(this=self.text(code), to=exp.DataType.build("BIGINT"))

    def text(self, code: str) -> exp.Expression:
        return tree.field(self.found.copy(), f"p{self.codes.index(code)}")


def parsed(text: exp.Expression, format: str, zone: str, span: Span | None, into: Expressions) -> exp.Expression:
    """Epoch seconds, NULL where the text does not fit. Without an offset in it the text is read in the zone."""
    pieces = list(tokens(format, span))
    codes = [_SAME.get(code, code) for code, _ in pieces if code]
    if codes == ["s"]:
        return tree.call("spl_number", tree.call("trim", text))
    if not any(date <= set(codes) for date in _DATES):
        raise CompileError([catalogue.not_for("strptime", f"the format `{format}` without a whole date", span)])
    pattern = "^\\s*" + "".join(_shape(code, literal, span) for code, literal in pieces)
    names = [tree.text(f"p{at}") for at in range(len(codes))]  # DuckDB compares them without case
    found = tree.call("regexp_extract", text, tree.text(pattern), tree.array(*names))
    parts = _Parts(into.once(Value(found, Type.text)).sql, codes)
    return tree.add(_whole_seconds(parts, zone, into), _fraction(parts))


def _shape(code: str, literal: str, span: Span | None) -> str:
    if literal:
        return re.escape(literal)
    if code not in _SHAPES and code != "s":
        raise CompileError([catalogue.unknown_directive(f"%{code}", span)])
    return f"{' ?' if code in _PADDED else ''}({_SHAPES.get(code, '')})"


def _whole_seconds(parts: _Parts, zone: str, into: Expressions) -> exp.Expression:
    stamp = tree.call("TRY", _stamp(parts))
    if "z" in parts.codes:
        return tree.subtract(tree.call("epoch", stamp), _offset(parts, "z"))
    if "Z" in parts.codes:
        return tree.subtract(tree.call("epoch", stamp), tree.coalesce(_named(parts, zone), _offset(parts, "Z")))
    return moment(stamp, zone, into)


def _stamp(parts: _Parts) -> exp.Expression:
    """The wall clock that the text shows."""
    month, day = _month(parts), parts.number("d", 1)
    seconds = tree.cast(parts.number("S"), "DOUBLE")
    stamp = tree.call("make_timestamp", _year(parts), month, day, _hour(parts), parts.number("M"), seconds)
    if "j" not in parts.codes:
        return stamp
    return tree.add(stamp, tree.call("to_days", tree.cast(tree.subtract(parts.number("j"), tree.whole(1)), "INTEGER")))


def _year(parts: _Parts) -> exp.Expression:
    if "Y" in parts.codes:
        return parts.number("Y")
    century = tree.case(
        (exp.LT(this=parts.number("y"), expression=tree.whole(69)), tree.whole(2000)), default=tree.whole(1900)
    )
    return tree.add(parts.number("y"), century)


def _month(parts: _Parts) -> exp.Expression:
    if "b" not in parts.codes:
        return parts.number("m", 1)
    short = tree.call("lower", tree.call("left", parts.text("b"), tree.whole(3)))
    place = tree.call("list_position", tree.array(*(tree.text(each) for each in _MONTHS)), short)
    return tree.cast(tree.call("nullif", place, tree.whole(0)), "BIGINT")


def _hour(parts: _Parts) -> exp.Expression:
    if "I" not in parts.codes:
        return parts.number("H")
    hour = tree.binary(exp.Mod, parts.number("I"), tree.whole(12))
    if "p" not in parts.codes:
        return parts.number("I")
    afternoon = tree.equal(tree.call("lower", parts.text("p")), tree.text("pm"))
    return tree.add(hour, tree.case((afternoon, tree.whole(12)), default=tree.whole(0)))


def _named(parts: _Parts, zone: str) -> exp.Expression:
    """Seconds east of UTC by an abbreviation; NULL for one that is not known."""
    names = readable(zone)
    place = tree.call("list_position", tree.array(*map(tree.text, names)), tree.call("upper", parts.text("Z")))
    seconds = tree.array(*(tree.whole(minutes * 60) for minutes in names.values()))
    return tree.call("list_extract", seconds, place)


def _offset(parts: _Parts, code: str) -> exp.Expression:
    """Seconds east of UTC; `Z` is none. Minutes may be missing, as in zones that have no name but `-03`."""
    given = tree.call("regexp_replace", parts.text(code), tree.text("[^0-9]"), tree.text(""), tree.text("g"))
    digits = tree.call("rpad", tree.call("nullif", given, tree.text("")), tree.whole(4), tree.text("0"))
    hours = tree.cast(tree.call("left", digits, tree.whole(2)), "BIGINT")
    minutes = tree.cast(tree.call("right", digits.copy(), tree.whole(2)), "BIGINT")
    seconds = tree.add(tree.multiply(hours, tree.whole(3600)), tree.multiply(minutes, tree.whole(60)))
    west = tree.call("starts_with", parts.text(code), tree.text("-"))
    sign = tree.case((west, tree.whole(-1)), default=tree.whole(1))
    utc = tree.equal(parts.text(code), tree.text("Z"))
    return tree.case((utc, tree.whole(0)), default=tree.call("TRY", tree.multiply(sign, seconds)))


def _fraction(parts: _Parts) -> exp.Expression:
    if "N" not in parts.codes:
        return tree.double(0)
    fraction = tree.join(tree.text("0."), parts.text("N"))
    return exp.TryCast(this=fraction, to=exp.DataType.build("DOUBLE"))
