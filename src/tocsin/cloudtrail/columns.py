"""Records of one buffer as columns of text, each made when first asked for.

The rules of a leaf are Splunk's: null is the text `null`, booleans are `true` and `false`, numbers keep their text,
an empty string stays, and a missing leaf, an object or an array is None.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from msgspec import UNSET, UnsetType
from msgspec.structs import astuple

from tocsin.cloudtrail import arrays
from tocsin.cloudtrail.paths import EACH, Route
from tocsin.cloudtrail.shape import Shape

if TYPE_CHECKING:
    import pyarrow as pa

Values = list[str | None] | list[list[str] | None]
MANY = 1_000  # rows for which it pays to load Arrow in a worker
_TEXTS = {str, type(None)}  # types of values that are texts as they are, where a None is a missing leaf
_FEW = 8  # fields of a Struct: to take out all costs as much as three


class Columns:
    """`exact(i)` reads record `i` again, with its numbers as they are written; `text(i)` is its JSON."""

    def __init__(
        self, shape: Shape, records: list[Any], exact: Callable[[int], Any], text: Callable[[int], bytes]
    ) -> None:
        self.shape = shape
        self.records = records
        self.text = text
        self._exact = exact
        self._whole: dict[str, Sequence[Any]] = {}
        self._arrays: dict[str, pa.Array | Sequence[Any]] = {}
        self._names: tuple[str, ...] = shape.record.__struct_fields__  # type: ignore[attr-defined]
        self._fields: dict[str, Sequence[Any]] | None = None
        self._branches: dict[Route, Sequence[Any]] = {(): records}
        self._index: dict[str, dict[str, list[int]]] = {}

    def __len__(self) -> int:
        return len(self.records)

    def has(self, path: str) -> bool:
        return path in self.shape.steps

    def whole(self, path: str) -> Sequence[Any]:
        """The values of all records."""
        if path not in self._whole:
            every = range(len(self.records))
            many = EACH in path
            self._whole[path] = [self.value(path, row) for row in every] if many else self._plain(path)
        return self._whole[path]

    def top(self, path: str) -> Sequence[Any]:
        """The leaves of one of the paths that a shape always has, as they were decoded."""
        return self._field(self.shape.steps[path][0][0])

    def array(self, path: str) -> pa.Array | Sequence[Any]:
        """The values of all records as Arrow has them, if they are texts or missing; else as `whole` gives them."""
        if path not in self._arrays:
            found = None
            if self.shape.null(path) is None and EACH not in path:
                found = arrays.texts(self._whole.get(path) or self._reached(self.shape.steps[path][0], None))
            self._arrays[path] = self.whole(path) if found is None else found
        return self._arrays[path]

    def anywhere(self, path: str) -> bool:
        """Whether any record has something at the path, be it an object or an array."""
        if EACH in path:
            return any(leaf is not UNSET for each in self.records for leaf in _leaves(each, self.shape.steps[path]))
        missing = None if self.shape.null(path) is None else UNSET
        columns = (self._reached(route, missing) for route in self.shape.steps[path])
        return any(column.count(missing) < len(column) for column in columns)

    def everywhere(self, path: str, rows: Sequence[int]) -> bool:
        """Whether all records at `rows` have a value."""
        values = self.array(path) if len(rows) == len(self) >= MANY else self.some(path, rows)
        return None not in values if isinstance(values, Sequence) else not values.null_count

    def some(self, path: str, rows: Sequence[int]) -> Sequence[Any]:
        """The values of the records at `rows`."""
        if path in self._whole or len(rows) * 4 > len(self.records):
            return taken(self.whole(path), rows)
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
            self._reread(row)
        null = self.shape.null(path)
        texts = [text for leaf in leaves if (text := _text(leaf, null)) is not None]
        if EACH in path:
            return texts or None
        return texts[0] if texts else None

    def _plain(self, path: str) -> Sequence[str | None]:
        first, *others = self.shape.steps[path]
        null = self.shape.null(path)
        missing = None if null is None else UNSET
        values = self._reached(first, missing)
        kinds = set(map(type, values))
        if float in kinds:
            for row, value in enumerate(values):
                if type(value) is float:
                    self._reread(row)
            values = self._reached(first, missing)
        if not kinds <= (_TEXTS if null is None else {str}):
            values = [value if type(value) is str else _text(value, null) for value in values]
        if any(set(map(type, self._reached(other, UNSET))) != {UnsetType} for other in others):
            return [self.value(path, row) if text is None else text for row, text in enumerate(values)]
        return values

    def _reached(self, route: Route, missing: Any) -> Sequence[Any]:
        """What stands at a route's end in each record; `missing` where something else has an object's place."""
        *above, last = route
        branches = self.branch(tuple(above))
        if not above:
            return self._field(last)
        return [getattr(branch, last, missing) for branch in branches]

    def _field(self, name: str) -> Sequence[Any]:
        """A field of all records; of a Struct with few of them, all are taken out in one go."""
        if len(self._names) > _FEW or not self.records:
            return list(map(attrgetter(name), self.records))
        if self._fields is None:
            self._fields = dict(zip(self._names, zip(*map(astuple, self.records), strict=True), strict=True))
        return self._fields[name]

    def branch(self, route: Route) -> Sequence[Any]:
        """As `_reached`, for objects that many paths go through."""
        if route not in self._branches:
            self._branches[route] = self._reached(route, UNSET)
        return self._branches[route]

    def _reread(self, row: int) -> None:
        self.records[row] = self._exact(row)
        self._branches, self._fields = {(): self.records}, None


def taken(values: Sequence[Any], rows: Sequence[int]) -> Sequence[Any]:
    """The values in some rows, or the list itself if those are all."""
    return values if len(rows) == len(values) else [values[row] for row in rows]


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


def _text(value: Any, null: str | None) -> str | None:
    match value:
        case str():
            return value
        case None:
            return null
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case _:
            return None
