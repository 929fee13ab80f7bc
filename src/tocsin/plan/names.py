"""Field names and wildcard patterns: what a pattern matches, and the text its stars stand for.

`*` in a pattern never reaches the internal fields, whose names begin with `_`, unless the pattern begins so itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest


def is_pattern(name: str) -> bool:
    return "*" in name


def matches(pattern: str, name: str) -> bool:
    """Whether a pattern, or an exact name, stands for a field.

    >>> matches("*", "user"), matches("*", "_time"), matches("_*", "_time")
    (True, False, True)
    """
    return captures(pattern, name) is not None


def captures(pattern: str, name: str) -> tuple[str, ...] | None:
    """The text of each star, as short as can be from the left; None if the pattern does not match.

    >>> captures("requestParameters.*", "requestParameters.userName")
    ('userName',)
    """
    first, *rest = pattern.split("*")
    if not rest:
        return () if first == name else None
    if not name.startswith(first) or (name.startswith("_") and not pattern.startswith("_")):
        return None
    stars: list[str] = []
    at = len(first)
    for literal in rest[:-1]:
        found = name.find(literal, at)
        if found < 0:
            return None
        stars.append(name[at:found])
        at = found + len(literal)
    end = len(name) - len(rest[-1])
    return (*stars, name[at:end]) if at <= end and name.endswith(rest[-1]) else None


def fill(pattern: str, stars: Iterable[str]) -> str:
    """The pattern with the text of its stars, in order, put in.

    >>> fill("values(*)", ("user",))
    'values(user)'
    """
    return "".join(part for pair in zip_longest(pattern.split("*"), stars, fillvalue="") for part in pair)


def select(pattern: str, names: Iterable[str]) -> list[str]:
    """The names that a pattern stands for, in their order."""
    return [name for name in names if matches(pattern, name)]


def overlap(one: str, other: str) -> bool:
    """Whether some name may match both; sometimes true where none does.

    >>> overlap("user*", "*Name"), overlap("user*", "request*")
    (True, False)
    """
    if not is_pattern(one):
        return matches(other, one)
    if not is_pattern(other):
        return matches(one, other)
    head, its_head = one.split("*")[0], other.split("*")[0]
    return head.startswith(its_head) or its_head.startswith(head)
