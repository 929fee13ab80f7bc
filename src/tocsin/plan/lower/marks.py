"""Where a node comes from: the command that asked for it, and the macro that wrote the command."""

from __future__ import annotations

from typing import TypedDict

from tocsin.source import Span
from tocsin.spl.ast import Command


class Marks(TypedDict):
    """What every node takes besides its own fields."""

    span: Span | None
    macro: str | None


def marks(command: Command) -> Marks:
    return {"span": command.span, "macro": command.macro}
