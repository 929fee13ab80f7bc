"""Fields that a search asks for by wildcard only, packed: a record's names as one text, its values as a list.

Real trails have thousands of different leaves and a record has some dozens of them, so a column for each is mostly
nothing. Records of one call have the same names; their text is one of a few hundred.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from tocsin.cloudtrail.leaves import Leaf

SEPARATOR = "\n"
_EMPTY = "\\e"
_ESCAPED = str.maketrans({"\\": "\\\\", SEPARATOR: "\\n"})


def packed(leaves: Mapping[str, Leaf]) -> tuple[str, list[list[str]]]:
    """The names in one text and the values of each, one or more."""
    text = SEPARATOR.join(leaves)
    if text.count(SEPARATOR) >= len(leaves) or "\\" in text or "" in leaves:
        text = SEPARATOR.join(map(written, leaves))
    return text, [[leaf] if isinstance(leaf, str) else leaf for leaf in leaves.values()]


def written(name: str) -> str:
    """A name as it stands in the text, where it is never empty."""
    if not name:
        return _EMPTY
    return name.translate(_ESCAPED) if "\\" in name or SEPARATOR in name else name


@lru_cache(maxsize=4096)
def names_in(text: str | None) -> tuple[str, ...]:
    """The names in a text, in the order of the values.

    >>> names_in(packed({"a": "1", "b{}": ["2", "3"]})[0])
    ('a', 'b{}')
    """
    return tuple(map(_read, text.split(SEPARATOR))) if text else ()


def all_names(texts: Iterable[str | None]) -> tuple[str, ...]:
    """Every name in some texts, once."""
    return tuple(dict.fromkeys(name for text in texts for name in names_in(text)))


def _read(name: str) -> str:
    if name == _EMPTY:
        return ""
    parts = name.split("\\\\")
    return "\\".join(part.replace("\\n", SEPARATOR) for part in parts) if "\\" in name else name
