"""Paths of `spath` into JSON text: `a.b{}.c{0}`.

`{}` takes every element of an array and passes anything else on as it is; a step into an array without `{}`
finds nothing. Objects and arrays come out as JSON text, `null` as the text `null`.
"""

from __future__ import annotations

import re

from sqlglot import exp

from tocsin.engine.sql import tree

_STEP = re.compile(r"\{(\d*)\}|\.?([^.{}]+)")
_NODE = "__j"


def at_path(text: exp.Expression, path: str) -> exp.Expression:
    """The values at a path as a list of text; NULL for none, and where the text is no JSON."""
    nodes = tree.array(exp.TryCast(this=text, to=exp.DataType.build("JSON")))
    nodes = _known(nodes)
    for step in _STEP.finditer(path):
        index, key = step.groups()
        nodes = _members(nodes, key) if key is not None else _elements(nodes, index)
    return tree.filled(tree.each(nodes, _NODE, _shown()))


def _node() -> exp.Expression:
    return tree.column(_NODE)


def _known(nodes: exp.Expression) -> exp.Expression:
    return tree.keep(nodes, _NODE, tree.not_null(_node()))


def _members(nodes: exp.Expression, key: str) -> exp.Expression:
    pointer = "/" + key.replace("~", "~0").replace("/", "~1")
    member = tree.call("json_extract", _node(), tree.text(pointer))
    inside = tree.case((_is("OBJECT"), member))
    return _known(tree.each(nodes, _NODE, inside))


def _elements(nodes: exp.Expression, index: str) -> exp.Expression:
    if index:
        place = tree.text(f"$[{int(index)}]")
        return _known(tree.each(nodes, _NODE, tree.call("json_extract", _node(), place)))
    elements = tree.call("json_extract", _node(), tree.text("$[*]"))
    opened = tree.case((_is("ARRAY"), elements), default=tree.array(_node()))
    return _known(tree.call("flatten", tree.each(nodes, _NODE, opened)))


def _shown() -> exp.Expression:
    unquoted = tree.call("json_extract_string", _node(), tree.text("$"))
    return tree.case((_is("VARCHAR"), unquoted), default=tree.cast(_node(), "VARCHAR"))


def _is(kind: str) -> exp.Expression:
    return tree.equal(tree.call("json_type", _node()), tree.text(kind))
