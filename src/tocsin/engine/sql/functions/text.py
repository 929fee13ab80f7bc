"""Functions on text; on a multivalue field most work on each value."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from tocsin.engine.sql import tree
from tocsin.engine.sql.expressions import Call, Value
from tocsin.engine.sql.forms import as_text
from tocsin.engine.sql.functions.arithmetic import number, text, whole_number
from tocsin.engine.sql.functions.jsonleaves import leaves
from tocsin.engine.sql.functions.jsonpath import at_path
from tocsin.engine.sql.functions.pattern import checked_regex, regex
from tocsin.engine.sql.functions.replacement import capturing, groups, rewrite
from tocsin.plan.expr import Type

OnText = Callable[[exp.Expression], exp.Expression]


def each_value(call: Call, at: int, body: OnText) -> exp.Expression:
    """The body on a single text, or on every value of a list."""
    value = call.value(at)
    if value.type is not Type.multi:
        return body(as_text(value, call.into))
    parameter = call.into.parameter()
    return tree.each(value.copy(), parameter, body(tree.column(parameter)))


def _plain(function: str) -> Callable[[Call], exp.Expression]:
    return lambda call: each_value(call, 0, lambda subject: tree.call(function, subject))


def _single(function: str) -> Callable[[Call], exp.Expression]:
    return lambda call: tree.call(function, text(call, 0))


def _len(call: Call) -> exp.Expression:
    return tree.cast(tree.call("length", text(call, 0)), "DOUBLE")


def _trim(function: str) -> Callable[[Call], exp.Expression]:
    def body(call: Call) -> exp.Expression:
        characters = text(call, 1) if call.count > 1 else tree.text(" \t")
        return each_value(call, 0, lambda subject: tree.call(function, subject, characters.copy()))

    return body


def _substr(call: Call) -> exp.Expression:
    places = [whole_number(number(call, at)) for at in range(1, call.count)]
    if call.count == 2:
        return each_value(call, 0, lambda subject: tree.call("substring", subject, places[0]))
    length = tree.call("greatest", places[1], tree.whole(0))
    absent = call.into.once(Value(tree.is_null(places[1].copy()), Type.boolean))

    def cut(subject: exp.Expression) -> exp.Expression:
        return tree.case((absent.copy(), tree.null()), default=tree.call("substring", subject, places[0], length))

    return each_value(call, 0, cut)


def _replace(call: Call) -> exp.Expression:
    pattern, replacement = call.value(1), call.value(2)
    if pattern.constant is None:
        return _replace_by_field(call)
    checked = checked_regex(pattern, call.into)
    if replacement.constant is None:
        raise call.refuse("a computed replacement", 2)
    new = tree.text(rewrite(str(replacement.constant.value), str(pattern.constant.value)))
    return each_value(call, 0, lambda subject: tree.call("regexp_replace", subject, checked, new, tree.text("g")))


def _replace_by_field(call: Call) -> exp.Expression:
    pattern, replacement = text(call, 1), text(call, 2)

    def body(subject: exp.Expression) -> exp.Expression:
        replaced = tree.call("regexp_replace", subject, pattern, replacement, tree.text("g"))
        return tree.call("TRY", replaced)

    return each_value(call, 0, body)


def _urldecode(call: Call) -> exp.Expression:
    return each_value(call, 0, lambda subject: tree.call("TRY", tree.call("url_decode", subject)))


def _rex(call: Call) -> exp.Expression:
    pattern, group = call.constant_text(1), call.constant_text(2)
    if group not in groups(pattern):
        raise call.refuse(f"a group `{group}` that the pattern lacks", 1)
    checked = regex(capturing(pattern, group), call.apply.args[1].span or call.apply.span, call.into)

    def first(subject: exp.Expression) -> exp.Expression:
        return tree.call("nullif", tree.call("regexp_extract", subject, checked, tree.whole(1)), tree.text(""))

    found = each_value(call, 0, first)
    return found if call.value(0).type is not Type.multi else tree.filled(tree.call("spl_known", found))


def _spath(call: Call) -> exp.Expression:
    return at_path(_texts(call), call.constant_text(1))


def _spath_leaf(call: Call) -> exp.Expression:
    return leaves(_texts(call), call.constant_text(1))


def _texts(call: Call) -> exp.Expression:
    """The first argument as a list, which for a row without value holds a NULL."""
    value = call.value(0)
    return value.copy() if value.type is Type.multi else tree.array(as_text(value, call.into))


BODIES = {
    "lower": _plain("lower"),
    "upper": _plain("upper"),
    "len": _len,
    "substr": _substr,
    "trim": _trim("trim"),
    "ltrim": _trim("ltrim"),
    "rtrim": _trim("rtrim"),
    "replace": _replace,
    "urldecode": _urldecode,
    "rex": _rex,
    "spath": _spath,
    "spath_leaf": _spath_leaf,
    "md5": _single("md5"),
    "sha1": _single("sha1"),
    "sha256": _single("sha256"),
}
