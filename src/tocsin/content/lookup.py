"""A lookup: a small table that a search joins to its rows, and how its values are compared."""

from __future__ import annotations

from msgspec import Struct


class LookupOptions(Struct, frozen=True):
    """How a search matches the table, with the defaults of Splunk's transforms.conf.

    `match_types` pairs a column with `WILDCARD` or `CIDR`; every other column matches exactly. Fewer than
    `min_matches` matches are filled up with `default_match`.
    """

    match_types: tuple[tuple[str, str], ...] = ()
    case_sensitive_match: bool = True
    default_match: str = ""
    min_matches: int = 0
    max_matches: int = 1000


class LookupTable(Struct, frozen=True):
    """Columns and rows, all text; "" is an empty cell.

    `kind` is `csv`, or `collection` for one that Splunk keeps in its key-value store: it is empty here.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    options: LookupOptions = LookupOptions()
    kind: str = "csv"
    path: str = ""
    description: str = ""
