"""What many records share, each different one once: objects like `userIdentity`, the same for many calls of a caller.

A column of one such text and a place for each record is made faster than a column of texts, and is smaller.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tocsin.cloudtrail.columns import Columns, taken
from tocsin.cloudtrail.paths import EACH

if TYPE_CHECKING:
    import pyarrow as pa

_SAMPLE = 512  # objects that tell whether it pays
_TEXTS = {str, type(None)}


class Shared(Struct, frozen=True):
    """A column: `texts[places[row]]` is a record's value. `texts` may hold the same one more than once."""

    texts: list[str | None]
    places: list[int]


def shared(paths: Sequence[str], columns: Columns, rows: Sequence[int]) -> dict[str, Shared]:
    """Columns for those of the paths for which it pays, of records of the usual shape."""
    found: dict[str, Shared] = {}
    groups: dict[str, _Group | None] = {}
    for path in (each for each in paths if columns.shape.null(each) is None):
        first, *rest = columns.shape.steps[path][0]
        if rest and EACH not in path:
            if first not in groups:
                groups[first] = _group(taken(columns.branch((first,)), rows))
            group = groups[first]
            texts = group.texts(rest) if group else None
            if group and texts is not None:
                found[path] = Shared(texts, group.places)
    return found


def encoded(column: Shared, places: pa.Array) -> pa.Array:
    """The column as Arrow has it, each text once; `places` are the column's own."""
    import pyarrow as pa

    each = pa.array(column.texts, pa.string()).dictionary_encode()
    return pa.DictionaryArray.from_arrays(each.indices.take(places), each.dictionary)


class _Group(Struct, frozen=True):
    objects: list[Any]
    places: list[int]

    def texts(self, steps: Sequence[str]) -> list[str | None] | None:
        """What stands at the end of the steps in each object; None if that is not text alone.

        Objects count as the same if they compare equal, as 1 and true do, but a text equals nothing but itself.
        """
        values = self.objects
        for step in steps:
            values = [getattr(value, step, None) for value in values]
        return values if set(map(type, values)) <= _TEXTS else None


def _group(objects: Sequence[Any]) -> _Group | None:
    """None if few are the same, or if they hold lists, which cannot be compared fast."""
    number: defaultdict[Any, int] = defaultdict(count().__next__)
    try:
        places = list(map(number.__getitem__, objects[:_SAMPLE]))
        if len(number) * 2 > len(places):
            return None
        places.extend(map(number.__getitem__, objects[_SAMPLE:]))
    except TypeError:
        return None
    return _Group(list(number), places)
