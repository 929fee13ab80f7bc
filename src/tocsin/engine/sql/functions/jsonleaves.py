"""The leaves of JSON texts that have a name as the fields of a record would.

A leaf is named by the way that leads to it, and by no other: keys joined by `.`, and `{}` for an array. A key may hold
dots itself (`token.actions.githubusercontent.com:aud`), so the name does not tell where keys end: from each node the
ways are followed whose keys begin what is left of the name.
"""

from __future__ import annotations

from sqlglot import exp

from tocsin.engine.sql import tree
from tocsin.engine.sql.functions.jsonpath import elements, is_kind, known, read, shown

_EACH = "{}"
_AT, _LEFT = "j", "r"  # of a place on the way: the node, and what is left of the name
_PLACE, _NODE, _KEY, _NUMBER = "__p", "__j", "__k", "__i"


def leaves(texts: exp.Expression, name: str) -> exp.Expression:
    """The leaves of all texts, as a list of text in their order; NULL for none, and where a text is no JSON."""
    places = tree.each(read(texts), _NODE, _start(name))
    for _ in range(1 + name.count(".") + name.count(_EACH)):
        places = tree.call("flatten", known(tree.each(places, _PLACE, _further())))
    return tree.filled(tree.each(tree.keep(places, _PLACE, _is_leaf()), _PLACE, shown(_at())))


def _start(name: str) -> exp.Expression:
    """A dot stands before each key, so that a key ends where one, a `{}` or nothing follows."""
    node = tree.column(_NODE)
    left = tree.case((is_kind(node.copy(), "OBJECT"), tree.text(f".{name}")), default=tree.text(name))
    return _place(node, left)


def _further() -> exp.Expression:
    """The places one step from a place; a leaf stays where it is."""
    return tree.case(
        (is_kind(_at(), "OBJECT"), _members()),
        (is_kind(_at(), "ARRAY"), tree.case((_begins(tree.text(_EACH)), _elements()))),
        default=tree.array(tree.column(_PLACE)),
    )


def _is_leaf() -> exp.Expression:
    container = tree.any_of(is_kind(_at(), "OBJECT"), is_kind(_at(), "ARRAY"))
    return tree.all_of(tree.equal(_left(), tree.text("")), tree.negate(container))


def _members() -> exp.Expression:
    key, keys = tree.column(_KEY), tree.call("json_keys", _at())
    first = tree.equal(tree.call("list_position", keys.copy(), key.copy()), tree.column(_NUMBER))
    fits = tree.all_of(_begins(tree.join(tree.text("."), key)), first)
    fitting = tree.call("list_filter", keys, tree.function([_KEY, _NUMBER], fits))
    member = tree.call("json_extract", _at(), tree.call("spl_pointer", key.copy()))
    left = tree.call("substring", _left(), tree.add(tree.call("length", key.copy()), tree.whole(2)))
    return tree.each(fitting, _KEY, _place(member, left))


def _elements() -> exp.Expression:
    left = tree.call("substring", _left(), tree.whole(1 + len(_EACH)))
    return tree.each(elements(_at()), _NODE, _place(tree.column(_NODE), left))


def _place(node: exp.Expression, left: exp.Expression) -> exp.Expression:
    return tree.struct(**{_AT: node, _LEFT: left})


def _begins(text: exp.Expression) -> exp.Expression:
    return tree.call("starts_with", _left(), text)


def _at() -> exp.Expression:
    return tree.field(tree.column(_PLACE), _AT)


def _left() -> exp.Expression:
    return tree.field(tree.column(_PLACE), _LEFT)
