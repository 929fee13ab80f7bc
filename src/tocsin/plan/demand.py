"""Which fields a plan reads from its records: schema on read, compiled."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Demand:
    """Fields to read: exact names, and wildcard patterns (`requestParameters.*`; `*` is everything).

    `optional` are names that are only wanted if a record has them (the other side of a wildcard rename);
    they are names too, but never reported as missing.
    """

    names: frozenset[str] = frozenset()
    patterns: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
