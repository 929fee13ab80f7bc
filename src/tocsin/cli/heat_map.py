"""A week as a heat map in characters: seven rows of 24 hours, the darker the more of the hour is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
BLOCKS = "·░▒▓█"
PLAIN = ".-+*#"


def shades(encoding: str | None) -> str:
    """Five characters from none to all; plain ones where the encoding has no blocks."""
    try:
        BLOCKS.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return PLAIN
    return BLOCKS


def heat_map(rows: Sequence[Sequence[float]], signs: str) -> Iterator[str]:
    """Lines: hours above, a row for each day, Monday first. Shares are from 0.0 to 1.0."""
    yield "     " + "".join(f"{hour:<6d}" for hour in range(0, 24, 3)).rstrip()
    for name, row in zip(DAYS, rows, strict=True):
        yield f"{name}  " + "".join(_shade(share, signs) * 2 for share in row)


def _shade(share: float, signs: str) -> str:
    """Nothing and everything have signs of their own; what lies between has the others."""
    if share <= 0:
        return signs[0]
    if share >= 1:
        return signs[-1]
    return signs[1 + min(int(share * 3), 2)]
