"""Regular expressions of texts in which `*` stands for any characters, also none."""

from __future__ import annotations

import re


def expression(text: str) -> str:
    """To be matched in full, with DOTALL.

    No text makes it backtrack far: what stands between two stars is taken where it is found first, which loses no
    match, and is not tried again elsewhere.

    >>> re.fullmatch(expression("Put*Image*"), "PutLifecycleImages") is not None
    True
    """
    first, *rest = (re.escape(part) for part in re.split(r"\*+", text))
    return "".join((first, *(f"(?>.*?{part})" for part in rest[:-1]), *(f".*{part}" for part in rest[-1:])))
