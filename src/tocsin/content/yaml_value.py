"""What a YAML file holds, as values that know where they stand: a scalar, a list, a mapping.

Scalars stay text: `no`, `1.0` and `2021-08-18` are the words that a person wrote. What they mean is for
whoever reads a key to say.
"""

from __future__ import annotations

from msgspec import Struct

from tocsin.content.yaml_scalar import compose_scalar
from tocsin.source import Composed, Span

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))


class Scalar(Struct, frozen=True):
    """A text. `style` is "" for a plain one, else its mark: one of `'`, `"`, `|`, `>`."""

    text: str
    span: Span
    style: str = ""

    @property
    def null(self) -> bool:
        """Nothing was written, or YAML's word for nothing."""
        return not self.style and self.text in _NULLS

    @property
    def composed(self) -> Composed:
        """The text, each character leading back to where it was written."""
        return compose_scalar(self.text, self.span, self.style)


class Items(Struct, frozen=True):
    """A list. `span` is where it begins."""

    values: tuple[Value, ...]
    span: Span


class Entries(Struct, frozen=True):
    """A mapping, in the order of the file. `keys` says where each key stands; `span` is where it begins."""

    values: dict[str, Value]
    keys: dict[str, Span]
    span: Span


Value = Scalar | Items | Entries
