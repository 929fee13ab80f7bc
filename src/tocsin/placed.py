"""Values that know where they were written, and are equal wherever that is.

The project's values are `msgspec.Struct`s, which take a thirtieth of a dataclass's time to define: a command line
defines two hundred of them before it does anything.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct


class Placed(Struct, frozen=True, eq=False):
    """What a class takes by position is what it says. What it takes by keyword only tells where that was written.

    Only what is taken by position takes part in equality, in the hash and in the representation.
    """

    def _said(self) -> tuple[Any, ...]:
        names: tuple[str, ...] = type(self).__match_args__
        return tuple(getattr(self, name) for name in names)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and isinstance(other, Placed) and self._said() == other._said()

    def __ne__(self, other: object) -> bool:
        return not self == other  # a Struct has one of its own

    def __hash__(self) -> int:
        return hash((type(self), self._said()))

    def __repr__(self) -> str:
        names: tuple[str, ...] = type(self).__match_args__
        said = (f"{name}={value!r}" for name, value in zip(names, self._said(), strict=True))
        return f"{type(self).__name__}({', '.join(said)})"
