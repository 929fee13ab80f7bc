"""Takes the facts out of a mapping: each key as the kind that is wanted, every problem named with its path.

A key that is absent, empty or null says nothing: text gives "", a list gives none of its items.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from tocsin.content.yaml_value import Entries, Items, Scalar, Value
from tocsin.diagnostics import Diagnostic
from tocsin.diagnostics.catalogue import content as catalogue
from tocsin.source import Span

_NUMBER = re.compile(r"[+-]?\d{1,9}(\.\d{1,9})?")
_TRUE = frozenset(("true", "t", "yes", "y", "on", "1"))
_FALSE = frozenset(("false", "f", "no", "n", "off", "0"))


class Facts(Struct, frozen=True):
    """A mapping being read. `path` is where it stands (`$.tags`); problems are added to `problems`."""

    entries: Entries
    problems: list[Diagnostic]
    path: str = "$"

    def has(self, key: str) -> bool:
        """The key is there and says something."""
        value = self.entries.values.get(key)
        return value is not None and not (isinstance(value, Scalar) and value.null)

    def says(self, key: str) -> bool:
        """As `has`, and more than a blank text or an empty list."""
        match self.entries.values.get(key):
            case Scalar() as value:
                return not value.null and not value.text.isspace() and value.text != ""
            case Items(values):
                return bool(values)
            case value:
                return value is not None

    def span(self, key: str) -> Span:
        """Where the key's value stands; the key itself if the value is no text."""
        value = self.entries.values.get(key)
        return value.span if isinstance(value, Scalar) else self.entries.keys.get(key, self.entries.span)

    def scalar(self, key: str) -> Scalar | None:
        """The key's text with its places; None if it says nothing."""
        value = self.entries.values.get(key)
        if value is None or (isinstance(value, Scalar) and value.null):
            return None
        if isinstance(value, Scalar):
            return value
        self.problems.append(catalogue.wrong_kind(self.of(key), "a text", self.span(key)))
        return None

    def text(self, key: str) -> str:
        value = self.scalar(key)
        return value.text.strip() if value else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one, a list inside is joined with " AND "."""
        return tuple(each.text.strip() for each in self.scalars(key))

    def scalars(self, key: str) -> tuple[Scalar, ...]:
        """The texts of a list with their places."""
        value = self.entries.values.get(key)
        if value is None:
            return ()
        items = value.values if isinstance(value, Items) else (value,)
        found = [self._item(each, f"{self.of(key)}[{index}]", key) for index, each in enumerate(items)]
        return tuple(each for each in found if each and not each.null)

    def _item(self, value: Value, path: str, key: str) -> Scalar | None:
        if isinstance(value, Scalar):
            return value
        if isinstance(value, Items) and all(isinstance(each, Scalar) for each in value.values):
            words = [each.text.strip() for each in value.values if isinstance(each, Scalar)]
            return Scalar(" AND ".join(words), self.span(key), "'")
        self.problems.append(catalogue.wrong_kind(path, "a text", self.span(key)))
        return None

    def number(self, key: str, low: int, high: int) -> int | None:
        """A whole number within bounds; a fraction is rounded half to even, as Python does."""
        value = self.scalar(key)
        if value is None:
            return None
        text = value.text.strip()
        number = round(float(text)) if _NUMBER.fullmatch(text) else None
        if number is None or not low <= number <= high:
            self.problems.append(catalogue.wrong_value(self.of(key), f"a number from {low} to {high}", value.span))
            return None
        return number

    def flag(self, key: str) -> bool | None:
        """Yes or no in any of YAML's and Splunk's words."""
        value = self.scalar(key)
        if value is None:
            return None
        word = value.text.strip().lower()
        if word not in _TRUE | _FALSE:
            self.problems.append(catalogue.wrong_value(self.of(key), "`true` or `false`", value.span))
            return None
        return word in _TRUE

    def inside(self, key: str) -> Facts | None:
        """The mapping under a key."""
        value = self.entries.values.get(key)
        if value is None or (isinstance(value, Scalar) and value.null):
            return None
        if isinstance(value, Entries):
            return Facts(value, self.problems, self.of(key))
        self.problems.append(catalogue.wrong_kind(self.of(key), "a mapping", self.span(key)))
        return None

    def each(self, key: str) -> tuple[Facts, ...]:
        """The mappings of the list under a key; one mapping alone is a list of one."""
        value = self.entries.values.get(key)
        if value is None or (isinstance(value, Scalar) and value.null):
            return ()
        items = value.values if isinstance(value, Items) else (value,)
        found: list[Facts] = []
        for index, item in enumerate(items):
            path = f"{self.of(key)}[{index}]"
            if isinstance(item, Entries):
                found.append(Facts(item, self.problems, path))
            else:
                self.problems.append(catalogue.wrong_kind(path, "a mapping", self.span(key)))
        return tuple(found)

    def require(self, *keys: str) -> None:
        """Without these the file cannot be used."""
        for key in keys:
            if not self.has(key):
                self.problems.append(catalogue.missing_key(self.of(key), self._begin()))
            elif not self.says(key):
                self.problems.append(catalogue.empty_key(self.of(key), self.span(key)))

    def expect(self, *keys: str) -> None:
        """These should be there, and say something."""
        missing = [key for key in keys if not self.says(key)]
        if missing:
            self.problems.append(catalogue.missing_facts([self.of(key) for key in missing], self._begin()))

    def only(self, known: Sequence[str]) -> None:
        """Name the keys that nobody reads."""
        for key, span in self.entries.keys.items():
            if key not in known:
                self.problems.append(catalogue.unknown_key(self.of(key), known, span))

    def _begin(self) -> Span:
        return next(iter(self.entries.keys.values()), self.entries.span)

    def of(self, key: str) -> str:
        """The path of a key."""
        return f"{self.path}.{key}"
