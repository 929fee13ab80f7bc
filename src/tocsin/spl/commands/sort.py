"""`sort`: order rows, and keep the first 10,000 unless told otherwise."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from tocsin.source import Span
from tocsin.spl.ast import Command


@dataclass(frozen=True, slots=True)
class SortKey:
    """`mode` is auto, num, str or ip."""

    field: str
    descending: bool = False
    mode: str = "auto"
    span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Sort(Command):
    """`limit` 0 keeps all rows; `reverse` is the trailing `desc` that turns the whole order round."""

    keys: tuple[SortKey, ...]
    limit: int = 10000
    reverse: bool = False
