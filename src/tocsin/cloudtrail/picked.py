"""The few records of a buffer that hold some places in it: the others are read over, not decoded.

Where records begin is told by the decoder, which reads all of the buffer as JSON; nothing is guessed from the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from msgspec import Raw


def rows_at(texts: Sequence[Raw], start: int, end: int, places: Sequence[int]) -> list[int] | None:
    """The numbers of the records that hold the places; `texts` stand between the offsets `start` and `end`.

    None if it cannot be told, for there are blanks between the records, or if a place is in none of them.
    """
    sizes = map(len, map(memoryview, texts))  # type: ignore[arg-type]
    starts = list(accumulate((size + 1 for size in sizes), initial=start))
    if starts.pop() != end + 1:
        return None
    rows = sorted({bisect_right(starts, place) - 1 for place in places})
    return None if rows and (rows[0] < 0 or places[-1] >= end) else rows
