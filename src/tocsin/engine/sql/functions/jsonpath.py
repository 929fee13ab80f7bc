"""Paths of `spath` into JSON texts: `a.b{}.c{0}`.

`{}` takes every element of an array and passes anything else on as it is; a step into an array without `{}`
finds nothing. Objects and arrays come out as JSON text, `null` as the text `null`, numbers as they are written.
"""

from __future__ import annotations

import re

from sqlglot import exp

from tocsin.engine.sql import tree

_STEP = re.compile(r"\{(\d*)\}|\.?([^.{}]+)")
_NODE = "__j"


def at_path(texts: exp.Expression, path: str) -> exp.Expression:
    """The values at a path in all texts, as a list of text; NULL for none, and where a text is no JSON."""
    nodes = read(texts)
    for step in _STEP.finditer(path):
        index, key = step.groups()
        nodes = _members(nodes, key) if key is not None else _elements(nodes, index)
    return tree.filled(tree.each(nodes, _NODE, shown(_node())))


def read(texts: exp.Expression) -> exp.Expression:
    """The texts that are JSON, as JSON."""
    return known(tree.each(texts, _NODE, tree.call("spl_json", _node())))


def known(nodes: exp.Expression) -> exp.Expression:
    return tree.keep(nodes, _NODE, tree.not_null(_node()))


def shown(node: exp.Expression) -> exp.Expression:
    """A node as text; of a plain column."""
    return tree.call("spl_json_text", node)


def is_kind(node: exp.Expression, kind: str) -> exp.Expression:
    return tree.equal(tree.call("json_type", node), tree.text(kind))


def elements(node: exp.Expression) -> exp.Expression:
    return tree.call("json_extract", node, tree.text("$[*]"))


def _node() -> exp.Expression:
    return tree.column(_NODE)


def _members(nodes: exp.Expression, key: str) -> exp.Expression:
    pointer = "/" + key.replace("~", "~0").replace("/", "~1")
    member = tree.call("json_extract", _node(), tree.text(pointer))
    inside = tree.case((is_kind(_node(), "OBJECT"), member))
    return known(tree.each(nodes, _NODE, inside))


def _elements(nodes: exp.Expression, index: str) -> exp.Expression:
    if index:
        place = tree.text(f"$[{int(index)}]")
        return known(tree.each(nodes, _NODE, tree.call("json_extract", _node(), place)))
    opened = tree.case((is_kind(_node(), "ARRAY"), elements(_node())), default=tree.array(_node()))
    return known(tree.call("flatten", known(tree.each(nodes, _NODE, opened))))
