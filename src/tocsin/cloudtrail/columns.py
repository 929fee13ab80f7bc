"""Records of one buffer as columns of text, each made when first asked for.

The rules of a leaf are Splunk's: null is the text `null`, booleans are `true` and `false`, numbers keep their text,
an empty string stays, and a missing leaf, an object or an array is None.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any

from msgspec import UNSET, UnsetType

from tocsin.cloudtrail.paths import EACH, Route
from tocsin.cloudtrail.shape import Shape

Values = list[str | None] | list[list[str] | None]


class Columns:
    """`exact(i)` reads record `i` again, with its numbers as they are written."""

    def __init__(self, shape: Shape, records: list[Any], exact: Callable[[int], Any]) -> None:
        self.shape = shape
        self.records = records
        self._exact = exact
        self._whole: dict[str, list[Any]] = {}
        self._index: dict[str, dict[str, list[int]]] = {}

    def __len__(self) -> int:
        return len(self.records)

    def has(self, path: str) -> bool:
        return path in self.shape.steps

    def whole(self, path: str) -> list[Any]:
        """The values of all records."""
        if path not in self._whole:
            getters = self.shape.plain.get(path)
            every = range(len(self.records))
            self._whole[path] = [self.value(path, row) for row in every] if getters is None else self._plain(path)
        return self._whole[path]

    def some(self, path: str, rows: list[int]) -> list[Any]:
        """The values of the records at `rows`."""
        if path in self._whole or len(rows) * 4 > len(self.records):
            whole = self.whole(path)
            return [whole[row] for row in rows]
        return [self.value(path, row) for row in rows]

    def index(self, path: str) -> dict[str, list[int]]:
        """For each text of the path the records that have it, in order."""
        if path not in self._index:
            found: defaultdict[Any, list[int]] = defaultdict(list)
            if EACH in path:
                for row, values in enumerate(self.whole(path)):
                    for value in dict.fromkeys(values or ()):
                        found[value].append(row)
            else:
                for row, value in enumerate(self.whole(path)):
                    found[value].append(row)
            found.pop(None, None)
            self._index[path] = found
        return self._index[path]

    def value(self, path: str, row: int) -> Any:
        """The value of one record: text, a list of text for a path with `{}`, or None."""
        for _ in range(2):
            leaves = _leaves(self.records[row], self.shape.steps[path])
            if float not in map(type, leaves):
                break
            self.records[row] = self._exact(row)
        texts = [text for text in map(_text, leaves) if text is not None]
        if EACH in path:
            return texts or None
        return texts[0] if texts else None

    def _plain(self, path: str) -> list[str | None]:
        first, *others = self.shape.plain[path]
        values = self._gotten(first, path, 0)
        kinds = set(map(type, values))
        if float in kinds:
            for row, value in enumerate(values):
                if type(value) is float:
                    self.records[row] = self._exact(row)
            values = self._gotten(first, path, 0)
        if kinds <= {str, UnsetType}:
            texts = [None if value is UNSET else value for value in values]
        else:
            texts = [value if type(value) is str else _text(value) for value in values]
        if any(self._used(other, path, at) for at, other in enumerate(others, 1)):
            return [self.value(path, row) if text is None else text for row, text in enumerate(texts)]
        return texts

    def _used(self, getter: attrgetter[Any], path: str, route: int) -> bool:
        return not {UnsetType}.issuperset(map(type, self._gotten(getter, path, route)))

    def _gotten(self, getter: attrgetter[Any], path: str, route: int) -> list[Any]:
        try:
            return list(map(getter, self.records))
        except AttributeError:  # null, text or a list where others have an object
            steps = self.shape.steps[path][route]
            return [next(_walk(record, steps), UNSET) for record in self.records]


def _leaves(record: Any, routes: tuple[Route, ...]) -> list[Any]:
    return [leaf for route in routes for leaf in _walk(record, route)]


def _walk(value: Any, steps: Route) -> Iterator[Any]:
    if not steps:
        yield value
    elif steps[0] != EACH:
        yield from _walk(getattr(value, steps[0], UNSET), steps[1:])
    elif isinstance(value, list):
        for each in value:
            yield from _walk(each, steps[1:])


def _text(value: Any) -> str | None:
    match value:
        case str():
            return value
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case _:
            return None
