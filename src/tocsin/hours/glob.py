"""Patterns with `*` (any characters, also none) and `?` (one character); everything else stands for itself."""

from __future__ import annotations

import re
from functools import lru_cache


def is_literal(glob: str) -> bool:
    return "*" not in glob and "?" not in glob


@lru_cache(maxsize=16_384)
def compile_glob(glob: str) -> re.Pattern[str]:
    """Matches whole texts, in time proportional to pattern times text: no pattern makes it backtrack far."""
    first, *rest = (_part(part) for part in re.split(r"\*+", glob))
    if not rest:
        return re.compile(rf"{first}\Z", re.DOTALL)
    middle = "".join(f"(?>.*?{part})" for part in rest[:-1])
    return re.compile(rf"{first}{middle}.*{rest[-1]}\Z", re.DOTALL)


def _part(part: str) -> str:
    return "".join("." if char == "?" else re.escape(char) for char in part)


def covers(wide: str, narrow: str) -> bool:
    """Whether every text that `narrow` matches is matched by `wide`.

    Never true by mistake; false for a few pairs that only cleverness could tell.
    """
    if is_literal(narrow):
        return compile_glob(wide).match(narrow) is not None
    pieces = re.split(r"\*+", wide)
    shape = ".*".join("".join(r"[^*]" if char == "?" else re.escape(char) for char in piece) for piece in pieces)
    return len(pieces) <= 8 and re.compile(rf"{shape}\Z", re.DOTALL).match(narrow) is not None
