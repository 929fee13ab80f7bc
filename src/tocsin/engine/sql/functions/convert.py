"""Conversions between text and numbers."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from tocsin.engine.sql import tree
from tocsin.engine.sql.expressions import Call, Value
from tocsin.engine.sql.forms import as_number, as_text
from tocsin.engine.sql.functions.arithmetic import finite, number, text
from tocsin.plan.expr import Type

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def _tostring(call: Call) -> exp.Expression:
    if call.count == 1:
        return text(call, 0)
    form = _FORMS.get(call.constant_text(1))
    if form is None:
        raise call.refuse(f"the form `{call.constant_text(1)}`", 1)
    value = call.once(0)
    amount = call.into.once(Value(as_number(value, call.into), Type.number)).sql
    return tree.coalesce(form(amount), as_text(value, call.into))


def _hex(amount: exp.Expression) -> exp.Expression:
    digits = tree.call("printf", tree.text("0x%X"), tree.cast(tree.call("trunc", amount.copy()), "BIGINT"))
    return tree.case((_countable(amount), digits))


def _commas(amount: exp.Expression) -> exp.Expression:
    """Two decimals, none for whole numbers."""
    whole = tree.equal(amount.copy(), tree.call("trunc", amount.copy()))
    plain = tree.call("format", tree.text("{:,}"), tree.cast(amount.copy(), "BIGINT"))
    decimals = tree.call("format", tree.text("{:,.2f}"), amount.copy())
    return tree.case((tree.negate(_countable(amount)), tree.null()), (whole, plain), default=decimals)


def _duration(amount: exp.Expression) -> exp.Expression:
    """`[D+]HH:MM:SS`."""
    size = tree.call("abs", tree.cast(tree.call("trunc", amount.copy()), "BIGINT"))
    two = tree.text("%02d")

    def part(seconds: int, within: int) -> exp.Expression:
        count = tree.binary(exp.Mod, tree.call("divide", size.copy(), tree.whole(seconds)), tree.whole(within))
        return tree.call("printf", two.copy(), count)

    days = tree.call("divide", size.copy(), tree.whole(86400))
    shown = tree.join(tree.cast(days.copy(), "VARCHAR"), tree.text("+"))
    head = tree.case((exp.GT(this=days, expression=tree.whole(0)), shown), default=tree.text(""))
    sign = tree.case((exp.LT(this=amount.copy(), expression=tree.whole(0)), tree.text("-")), default=tree.text(""))
    clock = tree.join(sign, head, part(3600, 24), tree.text(":"), part(60, 60), tree.text(":"), part(1, 60))
    return tree.case((_countable(amount), clock))


def _countable(amount: exp.Expression) -> exp.Expression:
    return exp.LT(this=tree.call("abs", amount.copy()), expression=tree.double(9e15))


_FORMS: dict[str, Callable[[exp.Expression], exp.Expression]] = {
    "hex": _hex,
    "commas": _commas,
    "duration": _duration,
}


def _tonumber(call: Call) -> exp.Expression:
    base = call.constant(1) if call.count == 2 else 10
    if not isinstance(base, float | int) or not 2 <= base <= 36 or base != int(base):
        raise call.refuse("a base other than 2 to 36", 1)
    return number(call, 0) if base == 10 else _in_base(call, int(base))


def _in_base(call: Call, base: int) -> exp.Expression:
    lowered = tree.call("lower", tree.call("trim", text(call, 0)))
    if base == 16:
        lowered = tree.call("regexp_replace", lowered, tree.text("^0x"), tree.text(""))
    valid = f"^-?[{_DIGITS[:base]}]{{1,60}}$"
    digits = call.into.once(Value(tree.call("regexp_extract", lowered, tree.text(valid)), Type.text)).sql
    known = exp.NEQ(this=digits, expression=tree.text(""))
    places = tree.call("string_split", tree.call("ltrim", digits.copy(), tree.text("-")), tree.text(""))
    digit = tree.call("instr", tree.text(_DIGITS), tree.column("__d"))
    worth = tree.cast(tree.subtract(digit, tree.whole(1)), "DOUBLE")
    longer = tree.add(tree.multiply(tree.column("__sum"), tree.double(base)), tree.column("__digit"))
    total = tree.call("list_reduce", tree.each(places, "__d", worth), tree.function(["__sum", "__digit"], longer))
    negative = tree.call("starts_with", digits.copy(), tree.text("-"))
    sign = tree.case((negative, tree.double(-1)), default=tree.double(1))
    return tree.case((known, tree.multiply(sign, total)))


def _num(call: Call) -> exp.Expression:
    return number(call, 0)


def _same(call: Call) -> exp.Expression:
    value = call.value(0)
    return tree.null(Type.text) if value.type is None else value.copy()


def _rmunit(call: Call) -> exp.Expression:
    head = r"^\s*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    return tree.call("spl_number", tree.call("regexp_extract", text(call, 0), tree.text(head), tree.whole(1)))


def _rmcomma(call: Call) -> exp.Expression:
    return tree.call("spl_number", tree.call("replace", text(call, 0), tree.text(","), tree.text("")))


def _memk(call: Call) -> exp.Expression:
    subject = call.into.once(Value(tree.call("lower", text(call, 0)), Type.text)).sql
    shape = tree.text(r"^\s*([+-]?[0-9.]+)\s*([kmg]?)b?\s*$")
    size = tree.call("spl_number", tree.call("regexp_extract", subject, shape, tree.whole(1)))
    unit = tree.call("regexp_extract", subject.copy(), shape.copy(), tree.whole(2))
    factors = tree.case(
        (tree.equal(unit, tree.text("m")), tree.double(1024)),
        (tree.equal(unit.copy(), tree.text("g")), tree.double(1024 * 1024)),
        default=tree.double(1),
    )
    return tree.multiply(size, factors)


def _clock(call: Call, shape: str, factors: tuple[float, ...]) -> exp.Expression:
    """The sum of a pattern's groups, each by its factor; a group that is empty is none."""
    subject = call.into.once(Value(text(call, 0), Type.text)).sql
    pattern = tree.text(shape)
    parts = [
        tree.call("regexp_extract", subject.copy(), pattern.copy(), tree.whole(at + 1)) for at in range(len(factors))
    ]
    amounts = [tree.coalesce(tree.call("spl_number", part), tree.double(0)) for part in parts]
    total = amounts[0] if len(amounts) == 1 else tree.multiply(amounts[0], tree.double(factors[0]))
    for amount, factor in zip(amounts[1:], factors[1:], strict=True):
        total = tree.add(total, tree.multiply(amount, tree.double(factor)))
    return tree.case((tree.call("regexp_matches", subject.copy(), pattern.copy()), total))


def _dur2sec(call: Call) -> exp.Expression:
    return _clock(call, r"^(?:([0-9]{1,6})\+)?([0-9]{1,6}):([0-9]{2}):([0-9]{2}(?:\.[0-9]+)?)$", (86400, 3600, 60, 1))


def _mstime(call: Call) -> exp.Expression:
    return _clock(call, r"^(?:([0-9]{1,6}):)?([0-9]{1,6}(?:\.[0-9]+)?)$", (60, 1))


def _bin_number(call: Call) -> exp.Expression:
    width = call.constant(1)
    if not isinstance(width, float | int) or isinstance(width, bool) or not width > 0:
        raise call.refuse(f"the width `{width}`", 1)
    value = call.once(0)
    amount = as_number(value, call.into)
    low = tree.multiply(tree.call("floor", tree.binary(exp.Div, amount, tree.double(width))), tree.double(width))
    start = call.into.once(Value(finite(low), Type.number))
    end = call.into.once(Value(tree.add(start.copy(), tree.double(width)), Type.number))
    label = tree.join(as_text(start, call.into), tree.text("-"), as_text(end, call.into))
    return tree.coalesce(label, as_text(value, call.into))


BODIES = {
    "tostring": _tostring,
    "tonumber": _tonumber,
    "num": _num,
    "auto": _same,
    "none": _same,
    "rmunit": _rmunit,
    "rmcomma": _rmcomma,
    "memk": _memk,
    "dur2sec": _dur2sec,
    "mstime": _mstime,
    "bin_number": _bin_number,
}
