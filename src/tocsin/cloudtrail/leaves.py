"""All leaves of a record under Splunk's names, for searches that ask for fields by wildcard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

import msgspec

from tocsin.cloudtrail import exact
from tocsin.cloudtrail.exact import Json
from tocsin.cloudtrail.paths import EACH, multivalued
from tocsin.plan.wildcard import expression

Leaf = str | list[str]
_KEPT = 10_000  # names


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


def leaves_of(text: bytes) -> dict[str, Leaf]:
    """The leaves of a record's JSON text. Raises `ValueError` for no JSON and `RecursionError` for too deep nesting."""
    found: dict[str, Leaf] = {}
    try:
        _gather(msgspec.json.decode(text), "", found)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, _InexactError):
        return leaves(exact.parse(text.decode("utf-8", "replace")))
    return found


class _InexactError(Exception):
    """A number that a decoder does not keep as it is written."""


def _gather(value: Any, name: str, found: dict[str, Leaf]) -> None:
    """As `leaves`, of what a fast decoder gives."""
    if isinstance(value, dict):
        above = f"{name}." if name else ""
        for key, each in value.items():
            path = above + key
            if type(each) is str and EACH not in path:  # most are
                found.setdefault(path, each)
            else:
                _gather(each, path, found)
    elif isinstance(value, list):
        for each in value:
            _gather(each, name + EACH, found)
    elif multivalued(name):
        many = found.setdefault(name, [])
        if isinstance(many, list):
            many.append(_text(value))
    else:
        found.setdefault(name, _text(value))


def _text(value: Any) -> str:
    match value:
        case str():
            return value
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case _:
            raise _InexactError


def matcher(patterns: Iterable[str]) -> Callable[[str], bool]:
    """Whether a name fits a pattern (`*` stands for any text)."""
    found = re.compile("|".join(map(expression, patterns)), re.DOTALL)
    return lru_cache(_KEPT)(lambda name: found.fullmatch(name) is not None)


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
