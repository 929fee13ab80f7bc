"""`where`: keep the rows for which an eval expression is true."""

from __future__ import annotations

from tocsin.spl.ast import Command, Expr
from tocsin.spl.cursor import Cursor
from tocsin.spl.eval_expression import read_expression
from tocsin.spl.eval_text import expression_text


class Where(Command, frozen=True):
    condition: Expr


def parse(cursor: Cursor) -> Where:
    return Where(read_expression(cursor), **cursor.identity())


def to_text(command: Where) -> str:
    return f"where {expression_text(command.condition)}"
