"""The decoder's type for a record: a Struct of nothing but the demanded paths, and how to reach them in it.

Every value may be anything JSON allows, so no record is refused for its shape: a branch is a Struct where JSON has
an object, and the value itself otherwise. What is not demanded is skipped over, not built.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import attrgetter
from typing import Any, Union

import msgspec
from msgspec import UNSET, UnsetType

from tocsin.cloudtrail.paths import EACH, Route, routes

ALWAYS = ("eventTime", "eventName", "eventSource", "eventID")
_UNSAFE = re.compile(r'["\\\x00-\x1f]|^$')  # keys that a Struct cannot have
_DEEPEST = 32


@dataclass(slots=True)
class _Node:
    keys: dict[str, _Node] = field(default_factory=dict)
    each: _Node | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """`record` is the Struct; `steps` the attribute names of each route of a path, `plain` their getters if no `{}`."""

    record: type
    steps: dict[str, tuple[Route, ...]]
    plain: dict[str, tuple[attrgetter[Any], ...]]
    joined: bool  # whether a dot may stand in a key of the record itself

    @property
    def time(self) -> attrgetter[Any]:
        return self.plain["eventTime"][0]


def shape(paths: Iterable[str], *, joined: bool) -> Shape:
    """The shape for all these paths that a Struct can hold; `joined` reads `{"a.b":1}` at the top level too."""
    root = _Node()
    names: dict[str, str] = {}
    steps = {path: tuple(_wanted(path, joined)) for path in (*ALWAYS, *paths) if holdable(path)}
    for route in (route for many in steps.values() for route in many):
        reduce(_child, route, root)
    record = _struct(root, names)
    attributes = {path: tuple(_attributes(route, names) for route in many) for path, many in steps.items()}
    plain = {path: tuple(_getters(many)) for path, many in attributes.items() if EACH not in path}
    return Shape(record, attributes, plain, joined)


def holdable(path: str) -> bool:
    """Whether a Struct can have the path; others are found by flattening the record."""
    return path.count(".") < _DEEPEST and path.count(EACH) < _DEEPEST and not _UNSAFE.search(path)


def firsts(paths: Iterable[str]) -> tuple[bytes, ...]:
    """What the JSON text holds where a record's own keys have dots, such as `"userIdentity.`."""
    names = {path.split(".", 1)[0] for path in paths if "." in path}
    return tuple(f'"{name}.'.encode() for name in sorted(names) if not name.endswith(EACH))


def _wanted(path: str, joined: bool) -> Iterator[Route]:
    first = path.split(".", 1)[0].replace(EACH, "")
    return (route for route in routes(path) if joined or route[0] == first)


def _child(node: _Node, step: str) -> _Node:
    if step == EACH:
        node.each = node.each or _Node()
        return node.each
    return node.keys.setdefault(step, _Node())


def _struct(node: _Node, names: dict[str, str]) -> type:
    fields: list[tuple[str, Any, Any]] = []
    for key, child in node.keys.items():
        made = _struct(child, names) if child.keys else _Nothing
        default = made() if child.keys else UNSET
        fields.append((names.setdefault(key, f"k{len(names)}"), _anything(made, child.each, names), default))
    rename = {names[key]: key for key in node.keys}
    return msgspec.defstruct("Object", fields, rename=rename, frozen=True, gc=False)


def _anything(made: type, each: _Node | None, names: dict[str, str]) -> Any:
    element: Any = Any
    if each is not None:
        element = _anything(_struct(each, names) if each.keys else _Nothing, each.each, names)
    return Union[made, str, int, float, bool, None, list[element], UnsetType]  # noqa: UP007 - `made` is known only now


class _Nothing(msgspec.Struct, frozen=True, gc=False):
    """An object of which nothing is demanded."""


def _attributes(route: Route, names: dict[str, str]) -> Route:
    return tuple(step if step == EACH else names[step] for step in route)


def _getters(many: Sequence[Route]) -> Iterator[attrgetter[Any]]:
    return (attrgetter(".".join(route)) for route in many)
