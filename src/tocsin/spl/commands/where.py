"""`where`: keep the rows for which an eval expression is true."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.spl.ast import Command, Expr


@dataclass(frozen=True, slots=True)
class Where(Command):
    condition: Expr
