"""Paths of a record's leaves in Splunk's spelling (`resources{}.ARN`), and the ways in which JSON may spell them.

A dot in a path stands for nesting or for a dot in a key: nobody can tell `{"a":{"b":1}}` from `{"a.b":1}` by the
name `a.b`. So a path has several routes, one for each way to read its dots; the most nested comes first.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

EACH = "{}"
_MANY = 8  # beyond so many parts only the last dots are read both ways

Step = str  # a key, or EACH
Route = tuple[Step, ...]


@cache
def routes(path: str) -> tuple[Route, ...]:
    """Every way to walk to the leaves of a path, the most nested first. `{}` goes into an array's elements.

    >>> routes("a.b")
    (('a', 'b'), ('a.b',))
    >>> routes("a{}.b")
    (('a', '{}', 'b'),)
    """
    return tuple(sorted(_routes(tuple(_runs(path))), key=lambda route: (-len(route), route)))


def multivalued(path: str) -> bool:
    """Whether a path may have many values: it goes into an array."""
    return EACH in path


def key_literal(path: str) -> str:
    """Text that stands in a record that has the path, within one key."""
    return path.replace(EACH, "").rsplit(".", 1)[-1]


def _runs(path: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Parts between arrays, each with the number of arrays that follow it."""
    run: list[str] = []
    for part in path.split("."):
        key = part
        depth = 0
        while key.endswith(EACH):
            key, depth = key[: -len(EACH)], depth + 1
        run.append(key)
        if depth:
            yield tuple(run), depth
            run = []
    if run:
        yield tuple(run), 0


def _routes(runs: tuple[tuple[tuple[str, ...], int], ...]) -> Iterator[Route]:
    if not runs:
        yield ()
        return
    (parts, depth), rest = runs[0], runs[1:]
    tails = tuple(_routes(rest))
    for keys in _groupings(parts):
        for tail in tails:
            yield (*keys, *(EACH,) * depth, *tail)


def _groupings(parts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if len(parts) > _MANY:
        yield from ((parts[0], *keys) for keys in _groupings(parts[1:]))
        yield from ((".".join(parts[:at]), *parts[at:]) for at in range(2, len(parts) + 1))
        return
    for cuts in range(1 << (len(parts) - 1)):
        yield _grouped(parts, cuts)


def _grouped(parts: tuple[str, ...], cuts: int) -> tuple[str, ...]:
    keys = [parts[0]]
    for at, part in enumerate(parts[1:]):
        if cuts >> at & 1:
            keys[-1] += "." + part
        else:
            keys.append(part)
    return tuple(keys)
