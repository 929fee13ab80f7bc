"""The few records of a usual buffer that hold some places in it: the others are read over, not decoded.

Where records begin is told by the decoder, which reads all that stands before the last place as JSON, piece by piece.
A piece ends where a record seems to end. That is a guess, for records may hold look-alikes of records; but if the piece
decodes as an array of its own, the guess was right, given that the one before it was right.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

import msgspec
from msgspec import Raw, Struct, field

from tocsin.cloudtrail.containers import REFUSED
from tocsin.cloudtrail.sniff import Buffer
from tocsin.cloudtrail.usual import Inside, Marks, inside

_PIECE = 1 << 18  # stays in the processor's cache
_all_marks, _marks = msgspec.json.Decoder(list[Marks]), msgspec.json.Decoder(Marks)
_all_texts, _text = msgspec.json.Decoder(list[Raw]), msgspec.json.Decoder(Raw)


class Picked(Struct):
    """Records by their texts and their numbers, from 0. `read` counts all up to where reading ended."""

    texts: list[bytes] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    read: int = 0


def picked(buffer: Buffer, places: Sequence[int]) -> Picked | None:
    """The records that hold the places, ascending offsets. What lies beyond the last of them goes unread.

    None if what was read is not JSON or holds something else than records, or if it cannot be told where they are: a
    place is in none of them, or there are blanks between them.
    """
    bounds = inside(buffer)
    if bounds is None or not bounds.start <= places[0] <= places[-1] < bounds.end:
        return None
    found = Picked()
    try:
        for start, end, held in _pieces(bounds, places):
            piece = memoryview(buffer)[start:end]
            array = None if bounds.lines else b"".join((b"[", piece, b"]"))
            count = len(_marks.decode_lines(piece) if array is None else _all_marks.decode(array))
            if held:
                texts = _text.decode_lines(piece) if array is None else _all_texts.decode(array)
                _add(found, texts, _rows(texts, start, end, held))
            found.read += count
    except REFUSED:
        return None
    return found


def _pieces(bounds: Inside, places: Sequence[int]) -> Iterator[tuple[int, int, Sequence[int]]]:
    """Where pieces begin and end, and the places in each. A record with a place is a piece of its own."""
    at, done = bounds.start, 0
    while done < len(places):
        begin = bounds.begin(at, places[done])
        end = bounds.next(places[done]) if begin == at else min(begin - 1, bounds.next(at + _PIECE))
        upto = bisect_right(places, end, done)  # one between two records counts as the first one's
        yield at, end, places[done:upto]
        at, done = end + 1, upto


def _rows(texts: list[Raw], start: int, end: int, places: Sequence[int]) -> list[int]:
    """The numbers of the records that hold the places. Raises `ValueError` if there are blanks between them."""
    sizes = map(len, map(memoryview, texts))  # type: ignore[arg-type]
    starts = list(accumulate((size + 1 for size in sizes), initial=start))
    if starts.pop() != end + 1:
        raise ValueError("blanks between records")
    return sorted({bisect_right(starts, place) - 1 for place in places})


def _add(found: Picked, texts: list[Raw], rows: list[int]) -> None:
    found.texts += (bytes(texts[row]) for row in rows)
    found.rows += (found.read + row for row in rows)
