"""Splunk's time formats: from a time to text, directive by directive.

A directive that is not in the tables is refused; literal text is copied. Source: "Date and time format
variables", Splunk Search Reference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby

from msgspec import Struct
from sqlglot import exp

from tocsin.diagnostics import CompileError
from tocsin.diagnostics.catalogue import engine as catalogue
from tocsin.engine.sql import tree
from tocsin.engine.sql.functions.zonenames import names_of
from tocsin.source import Span

TOKEN = re.compile(r"%(?P<code>\d?[NQ]|:{0,2}z|[A-Za-z+%])|(?P<literal>[^%]+|%)")
SHORT = {"F": "%Y-%m-%d", "T": "%H:%M:%S", "R": "%H:%M", "D": "%m/%d/%y", "x": "%m/%d/%y", "X": "%H:%M:%S"}
LONG = {"c": "%a %b %e %H:%M:%S %Y", "+": "%a %b %e %H:%M:%S %Z %Y"}
# Directives that the engine's own strftime has with the same meaning. Its literal `%%` is broken.
OWN = frozenset("YmdHMSIpjaAbBwuUWVGy")
FRACTION = {
    "f": "%f",
    "3N": "%g",
    "6N": "%f",
    "9N": "%f000",
    "N": "%f000",
    "3Q": "%g",
    "6Q": "%f",
    "9Q": "%f000",
    "Q": "%g",
}  # times go down to microseconds


class Time(Struct, frozen=True):
    """A time in both forms, as plain columns: epoch seconds, and the wall clock of the zone."""

    epoch: exp.Expression
    wall: exp.Expression
    zone: str


def tokens(format: str, span: Span | None) -> Iterator[tuple[str, str]]:
    """Pairs of (directive, literal), one of them empty. Raises CompileError at a lone `%`."""
    for short, long in {**SHORT, **LONG}.items():
        format = re.sub(rf"(?<!%)((?:%%)*)%{re.escape(short)}", lambda found, long=long: found[1] + long, format)  # type: ignore[misc]
    for token in TOKEN.finditer(format):
        if token["literal"] == "%":
            raise CompileError([catalogue.unknown_directive(format[token.start() : token.start() + 2], span)])
        if token["code"] == "%":
            yield "", "%"
        else:
            yield token["code"] or "", token["literal"] or ""


def formatted(format: str, time: Time, span: Span | None) -> exp.Expression:
    """The time as text; NULL for NULL."""
    parts: list[exp.Expression] = []
    for own, run in groupby(tokens(format, span), key=_is_own):
        if own:
            parts.append(_own("".join(_own_code(code) if code else literal for code, literal in run), time))
        else:
            parts += [tree.text(literal) if literal else _special(code, time, span) for code, literal in run]
    known = tree.not_null(time.wall.copy())
    return tree.case((known, tree.join(*parts) if parts else tree.text("")))


def _is_own(token: tuple[str, str]) -> bool:
    """Whether the engine's own strftime does it: a directive with the same meaning, or text without `%`."""
    code, literal = token
    return "%" not in literal if literal else code in OWN or code in FRACTION


def _own_code(code: str) -> str:
    return FRACTION.get(code, f"%{code}")


def _special(code: str, time: Time, span: Span | None) -> exp.Expression:
    special = _SPECIAL.get(code)
    if special is None:
        raise CompileError([catalogue.unknown_directive(f"%{code}", span)])
    return special(time)


def _own(format: str, time: Time) -> exp.Expression:
    return tree.call("strftime", time.wall.copy(), tree.text(format))


def _blank_padded(part: str) -> Callable[[Time], exp.Expression]:
    def padded(time: Time) -> exp.Expression:
        number = tree.cast(tree.call(part, time.wall.copy()), "VARCHAR")
        return tree.call("lpad", number, tree.whole(2), tree.text(" "))

    return padded


def _seconds(time: Time) -> exp.Expression:
    return tree.cast(tree.cast(tree.call("floor", time.epoch.copy()), "BIGINT"), "VARCHAR")


def _offset(time: Time) -> exp.Expression:
    """Minutes east of UTC."""
    ahead = tree.subtract(tree.call("epoch", time.wall.copy()), time.epoch.copy())
    return tree.cast(tree.call("round", tree.binary(exp.Div, ahead, tree.whole(60))), "BIGINT")


def _zone_offset(colons: str) -> Callable[[Time], exp.Expression]:
    def offset(time: Time) -> exp.Expression:
        minutes = _offset(time)
        sign = tree.case((exp.LT(this=minutes, expression=tree.whole(0)), tree.text("-")), default=tree.text("+"))
        size = tree.call("abs", minutes.copy())
        hours = tree.call("printf", tree.text("%02d"), tree.call("divide", size, tree.whole(60)))
        rest = tree.call("printf", tree.text("%02d"), tree.binary(exp.Mod, size.copy(), tree.whole(60)))
        tail = tree.text(":00") if colons == "::" else tree.text("")
        return tree.join(sign, hours, tree.text(":" if colons else ""), rest, tail)

    return offset


def _zone_name(time: Time) -> exp.Expression:
    """The zone's abbreviation, by the offset then in force."""
    if time.zone == "UTC":
        return tree.text("UTC")
    names = names_of(time.zone).items()
    branches = [(tree.equal(_offset(time), tree.whole(minutes)), tree.text(name)) for minutes, name in names]
    return tree.case(*branches, default=_zone_offset("")(time))


_SPECIAL: dict[str, Callable[[Time], exp.Expression]] = {
    "e": _blank_padded("day"),
    "k": _blank_padded("hour"),
    "h": lambda time: _own("%b", time),
    "s": _seconds,
    "z": _zone_offset(""),
    ":z": _zone_offset(":"),
    "::z": _zone_offset("::"),
    "Z": _zone_name,
}
