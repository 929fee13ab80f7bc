"""`rename`: give fields other names; `*` carries text from the old name to the new one."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from tocsin.source import Span
from tocsin.spl.ast import Command


@dataclass(frozen=True, slots=True)
class Renaming:
    old: str
    new: str
    span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Rename(Command):
    renamings: tuple[Renaming, ...]
