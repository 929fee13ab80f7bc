"""Numbers and long lines in words that people read."""

from __future__ import annotations

import textwrap

WIDTH = 110  # columns of a comment


def counted(count: int, one: str, many: str = "") -> str:
    """`1 day`, `3,000 days`; `many` is the plural where an s does not make it."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def percent(share: float) -> str:
    """A share from 0 to 1 as `97 %`."""
    return f"{round(share * 100)} %"


def folded(line: str) -> list[str]:
    """A long line as several, the later ones indented; its own indent is kept."""
    indent = line[: len(line) - len(line.lstrip())]
    return textwrap.wrap(
        line, WIDTH, subsequent_indent=indent + "    ", break_long_words=False, break_on_hyphens=False
    ) or [""]
