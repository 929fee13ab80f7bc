"""Comparisons of the search command on one value, as far as they can be told without the engine.

ASCII letters are compared without case. What other letters are equal is the engine's to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from msgspec import Struct

from tocsin.plan.wildcard import expression

_KEPT = 1 << 16


class Verdicts(Struct, frozen=True):
    """Whether a value may pass, and whether it surely does."""

    maybe: Callable[[str], bool]
    surely: Callable[[str], bool]


@lru_cache(maxsize=1024)
def verdicts(function: str, arguments: tuple[str | float | bool | None, ...]) -> Verdicts | None:
    """The test that a function makes of each value; None if it is not known here."""
    match function, arguments:
        case "exists", ():
            return Verdicts(always, always)
        case "search_equal", (str() as text,):
            return _verdicts(_Memory(text, True))
        case "search_not_equal", (str() as text,):
            return _verdicts(_Memory(text, False))
        case "search_less" | "search_less_equal" | "search_greater" | "search_greater_equal" | "search_cidr", (str(),):
            return Verdicts(always, _never)
        case _:
            return None


class _Memory(dict[str, bool | None]):
    """Values already compared with a text: True, False, or None where only the engine can tell."""

    def __init__(self, text: str, wanted: bool) -> None:
        self._wanted = wanted
        self._text = text
        self._pattern = re.compile(expression(text), re.IGNORECASE | re.ASCII | re.DOTALL)

    def __missing__(self, value: str) -> bool | None:
        if len(self) >= _KEPT:
            self.clear()
        verdict: bool | None = None
        if self._text == "*":
            verdict = self._wanted
        elif self._text.isascii():
            verdict = (self._pattern.fullmatch(value) is not None) is self._wanted
        self[value] = verdict
        return verdict


def _verdicts(memory: _Memory) -> Verdicts:
    return Verdicts(lambda value: memory[value] is not False, lambda value: memory[value] is True)


def always(_: str) -> bool:
    """The test that any value passes."""
    return True


def _never(_: str) -> bool:
    return False
