"""All leaves of a record under Splunk's names, for searches that ask for fields by wildcard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from tocsin.cloudtrail.exact import Json
from tocsin.cloudtrail.paths import EACH, multivalued

Leaf = str | list[str]


def leaves(record: Json) -> dict[str, Leaf]:
    """The leaves of a parsed record (numbers as text), in document order.

    >>> leaves({"a": {"b": "1"}, "c": ["x", None], "d": {}})
    {'a.b': '1', 'c{}': ['x', 'null']}
    """
    found: dict[str, Leaf] = {}
    for name, value in _flat(record):
        if multivalued(name):
            many = found.setdefault(name, [])
            if isinstance(many, list):
                many.append(value)
        else:
            found.setdefault(name, value)
    return found


def matcher(patterns: Iterable[str], exact: Iterable[str]) -> Callable[[str], bool]:
    """Whether a name fits a pattern (`*` stands for any text) or is one of the exact names."""
    spelt = [".*".join(map(re.escape, pattern.split("*"))) for pattern in patterns] + [*map(re.escape, exact)]
    found = re.compile("|".join(spelt), re.DOTALL)
    return lambda name: found.fullmatch(name) is not None


def _flat(record: Json) -> Iterator[tuple[str, str]]:
    """Names and texts; by a stack of our own, for records may nest deeply."""
    stack: list[tuple[str, Json]] = [("", record)]
    while stack:
        name, value = stack.pop()
        match value:
            case dict():
                stack.extend((f"{name}.{key}" if name else key, each) for key, each in reversed(value.items()))
            case list():
                stack.extend((name + EACH, each) for each in reversed(value))
            case None:
                yield name, "null"
            case bool():
                yield name, "true" if value else "false"
            case _:
                yield name, value
