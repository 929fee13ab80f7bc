"""The decoder's type for a record: a Struct of nothing but the demanded paths, and how to reach them in it.

Every value may be anything JSON allows, so no record is refused for its shape: a branch is a Struct where JSON has
an object, and the value itself otherwise. What is not demanded is skipped over, not built.

The usual shape is for records as CloudTrail writes them, and refuses some others: those without a name or a source,
with a source as short as that of S3's notifications, with null for a demanded leaf that no other path goes through, or
with a key that may be a path written with dots. So a leaf that is None is missing, a path has one route, all are
records of CloudTrail, and none of that takes a look at each record. `requestParameters` is null in many: where paths go
through it, a record without it has an empty object there, and None is null.

Where nobody asks when records happened, the usual shape is `dated`: it refuses a record whose time is none, so each has
one without a look at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import reduce
from operator import attrgetter
from types import MappingProxyType
from typing import Annotated, Any, Union

import msgspec
from msgspec import UNSET, Struct, field

from tocsin.cloudtrail.paths import EACH, Route, routes

NOTIFICATION = "aws:s3"  # the source of S3's own notifications, which look like records
ALWAYS = ("eventTime", "eventName", "eventSource")
_UNSAFE = re.compile(r'["\\\x00-\x1f]|^$')  # keys that a Struct cannot have
_DEEPEST = 32
_NEVER = Annotated[int, msgspec.Meta(ge=1, le=0)]  # what no value is
_LONG = Annotated[str, msgspec.Meta(min_length=len(NOTIFICATION) + 1)]
_NEEDED: dict[str, Any] = {"eventName": str, "eventSource": _LONG}  # keys that a usual record has, and of what texts
_DATED: dict[str, Any] = {"eventTime": datetime}  # `eventtime.parse` reads whatever this takes


class _Node(Struct):
    keys: dict[str, _Node] = field(default_factory=dict)
    each: _Node | None = None
    leaf: bool = False
    refused: bool = False


class Shape(Struct, frozen=True):
    """`record` is the Struct; `steps` the attribute names of each route of a path."""

    record: type
    steps: dict[str, tuple[Route, ...]]
    joined: bool  # whether a dot may stand in a key of the record itself
    usual: bool
    dated: bool
    branches: frozenset[str]  # those of the paths that others go through

    @property
    def missing(self) -> Any:
        """What stands for a leaf that a record lacks."""
        return None if self.usual else UNSET

    def null(self, path: str) -> str | None:
        """The text of a None at the path's end; None if that is a missing leaf."""
        return "null" if not self.usual or path in self.branches else None

    def always(self, path: str) -> attrgetter[Any]:
        """Gets one of the `ALWAYS` from a record."""
        return attrgetter(self.steps[path][0][0])


def shape(paths: Iterable[str], *, joined: bool, usual: bool = False, dated: bool = False) -> Shape:
    """The shape for all these paths that a Struct can hold; `joined` reads `{"a.b":1}` at the top level too."""
    root = _Node()
    steps = {path: tuple(_wanted(path, joined)) for path in (*ALWAYS, *paths) if holdable(path)}
    for first, *others in steps.values():
        reduce(_child, first, root).leaf = True
        for route in others:
            if usual:
                _refuse(root, route)
            else:
                reduce(_child, route, root).leaf = True
    struct = _Struct(usual)
    needed = {**_NEEDED, **(_DATED if dated else {})}
    record = struct.made(root, needed if usual else {})
    read = {path: many[:1] if usual else many for path, many in steps.items()}
    attributes = {path: tuple(map(struct.attributes, many)) for path, many in read.items()}
    branches = frozenset(path for path, (first, *_) in steps.items() if reduce(_child, first, root).keys)
    return Shape(record, attributes, joined, usual, dated, branches)


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


def _refuse(root: _Node, route: Route) -> None:
    """Refuse records that have the route's first key with a dot."""
    node = root
    for step in route:
        node = _child(node, step)
        if "." in step:
            node.refused = True
            return


def _child(node: _Node, step: str) -> _Node:
    if step == EACH:
        node.each = node.each or _Node()
        return node.each
    return node.keys.setdefault(step, _Node())


class _Struct:
    """Makes Structs whose attributes have short names, one for each key."""

    def __init__(self, usual: bool) -> None:
        self._usual = usual
        self._names: dict[str, str] = {}

    def attributes(self, route: Route) -> Route:
        return tuple(step if step == EACH else self._names[step] for step in route)

    def made(self, node: _Node, needed: Mapping[str, Any] = MappingProxyType({})) -> type:
        fields: list[Any] = []
        for key, child in node.keys.items():
            name = self._names.setdefault(key, f"k{len(self._names)}")
            kind = self.made(child) if child.keys else _Nothing
            text = needed.get(key, str)
            anything = text if text is datetime else self._anything(kind, child, text)
            typed = (name, _NEVER if child.refused else anything)
            fields.append(typed if key in needed else (*typed, kind() if child.keys else self._missing))
        rename = {self._names[key]: key for key in node.keys}
        return msgspec.defstruct("Object", fields, rename=rename, kw_only=True, frozen=True, gc=False)

    @property
    def _missing(self) -> Any:
        return None if self._usual else UNSET

    def _anything(self, made: type, node: _Node, text: Any = str) -> Any:
        element: Any = Any
        if node.each is not None:
            element = self._anything(self.made(node.each) if node.each.keys else _Nothing, node.each)
        kinds: Any = Union[made, text, int, float, bool, list[element]]  # noqa: UP007 - `made` is known only now
        never_null = self._usual and node.leaf and not node.keys
        return kinds if never_null else Union[kinds, None]  # noqa: UP007


class _Nothing(msgspec.Struct, frozen=True, gc=False):
    """An object of which nothing is demanded."""
