"""Paths of `spath` into JSON text: `a.b{}.c{0}`.

`{}` takes every element of an array and passes anything else on as it is; a step into an array without `{}`
finds nothing. Objects and arrays come out as JSON text, `null` as the text `null`.

A leaf is named by the way that leads to it, and by no other: `{}` for an array and for nothing else.
"""

from __future__ import annotations

import re

from sqlglot import exp

from tocsin.engine.sql import tree

_STEP = re.compile(r"\{(\d*)\}|\.?([^.{}]+)")
_NODE = "__j"


def at_path(text: exp.Expression, path: str) -> exp.Expression:
    """The values at a path as a list of text; NULL for none, and where the text is no JSON."""
    return tree.filled(tree.each(_at(text, path, default=tree.array(_node())), _NODE, _shown()))


def leaves(text: exp.Expression, path: str) -> exp.Expression:
    """The leaves of that name as a list of text; NULL for none, and where the text is no JSON."""
    container = tree.any_of(_is("OBJECT"), _is("ARRAY"))
    plain = tree.keep(_at(text, path, default=None), _NODE, tree.negate(container))
    return tree.filled(tree.each(plain, _NODE, _shown()))


def _at(text: exp.Expression, path: str, default: exp.Expression | None) -> exp.Expression:
    """The nodes at a path; `default` is what `{}` makes of a node that is no array."""
    nodes = _known(tree.array(exp.TryCast(this=text, to=exp.DataType.build("JSON"))))
    for step in _STEP.finditer(path):
        index, key = step.groups()
        nodes = _members(nodes, key) if key is not None else _elements(nodes, index, default)
    return nodes


def _node() -> exp.Expression:
    return tree.column(_NODE)


def _known(nodes: exp.Expression) -> exp.Expression:
    return tree.keep(nodes, _NODE, tree.not_null(_node()))


def _members(nodes: exp.Expression, key: str) -> exp.Expression:
    pointer = "/" + key.replace("~", "~0").replace("/", "~1")
    member = tree.call("json_extract", _node(), tree.text(pointer))
    inside = tree.case((_is("OBJECT"), member))
    return _known(tree.each(nodes, _NODE, inside))


def _elements(nodes: exp.Expression, index: str, default: exp.Expression | None) -> exp.Expression:
    if index:
        place = tree.text(f"$[{int(index)}]")
        return _known(tree.each(nodes, _NODE, tree.call("json_extract", _node(), place)))
    elements = tree.call("json_extract", _node(), tree.text("$[*]"))
    opened = tree.case((_is("ARRAY"), elements), default=default)
    return _known(tree.call("flatten", _known(tree.each(nodes, _NODE, opened))))


def _shown() -> exp.Expression:
    unquoted = tree.call("json_extract_string", _node(), tree.text("$"))
    return tree.case((_is("VARCHAR"), unquoted), default=tree.cast(_node(), "VARCHAR"))


def _is(kind: str) -> exp.Expression:
    return tree.equal(tree.call("json_type", _node()), tree.text(kind))
