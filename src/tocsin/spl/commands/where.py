"""`where`: keep the rows for which an eval expression is true."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.spl.ast import Command, Expr
from tocsin.spl.cursor import Cursor
from tocsin.spl.eval_expression import read_expression


@dataclass(frozen=True, slots=True)
class Where(Command):
    condition: Expr


def parse(cursor: Cursor) -> Where:
    return Where(read_expression(cursor), **cursor.identity())
