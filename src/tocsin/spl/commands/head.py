"""`head`: the first rows."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.spl.ast import Command, Expr


@dataclass(frozen=True, slots=True)
class Head(Command):
    """The first `limit` rows, or the rows before `condition` first fails (then `limit` bounds it if given)."""

    limit: int | None = 10
    condition: Expr | None = None
    keeplast: bool = False
    null: bool = False
