"""What is known besides the history: zones that the company works in, and whom a person has decided to believe."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field


class Hints(Struct, frozen=True):
    """`zones` maps IANA zones to how many colleagues each counts for.

    They come from the user or from the last file. `adopt` are names of principals that are believed whatever speaks
    against it: as they are shown, or in full such as `user anna in 111111111111`; case is ignored.
    """

    zones: Mapping[str, float] = field(default_factory=dict)
    adopt: frozenset[str] = frozenset()


NO_HINTS = Hints()
