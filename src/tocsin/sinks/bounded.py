"""Long values in a table for people: the beginning, and how much is left out. Formats for machines have the whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tocsin.sinks.visible import visible

LONGEST = 400  # characters of a text, or of all values of a field together


def told(value: str | Sequence[str], written: Callable[[str], str] = str) -> str:
    """The values, safe to show and each as it is `written`; where they are too many, how many more there are.

    >>> told(("a", "b", "c" * 400, "d"))
    'a, b, … 2 more'
    """
    values = (value,) if isinstance(value, str) else value
    parts: list[str] = []
    room = LONGEST
    for number, each in enumerate(values):
        if number and len(each) > room:
            parts.append(f"… {len(values) - number:,} more")
            break
        parts.append(written(cut(each)))
        room -= len(each)
    return ", ".join(parts)


def cut(text: str) -> str:
    """The text, safe to show; of a longer one the beginning, and how much more there is."""
    more = len(text) - LONGEST
    if more <= 0:
        return visible(text)
    return f"{visible(text[:LONGEST])}… {more:,} more {'character' if more == 1 else 'characters'}"


def is_cut(value: str | Sequence[str]) -> bool:
    """Whether not all of it is shown."""
    if isinstance(value, str):
        return len(value) > LONGEST
    return any(map(is_cut, value)) or sum(map(len, value)) > LONGEST
