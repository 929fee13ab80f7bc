"""`rename`: give fields other names; `*` carries text from the old name to the new one."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.source import Span
from tocsin.spl.ast import Command
from tocsin.spl.cursor import Cursor
from tocsin.spl.lexer import value
from tocsin.spl.quoting import name


@dataclass(frozen=True, slots=True)
class Renaming:
    old: str
    new: str
    span: Span = dataclasses.field(compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Rename(Command):
    renamings: tuple[Renaming, ...]


def parse(cursor: Cursor) -> Rename:
    """Commas between renamings may be left out. Both sides of each need the same number of `*`."""
    renamings: list[Renaming] = []
    cursor.skip_commas()
    while not cursor.at_end():
        renamings.append(_renaming(cursor))
        cursor.skip_commas()
    if not renamings:
        cursor.fail(catalogue.missing_argument(cursor.span(*cursor.keyword), "rename", "`old AS new`"))
    return Rename(tuple(renamings), **cursor.identity())


def _renaming(cursor: Cursor) -> Renaming:
    old = cursor.name()
    new = cursor.renamed()
    if new is None:
        cursor.fail_unexpected("`AS`")
    if value(old).count("*") != value(new).count("*"):
        cursor.fail(catalogue.wildcard_mismatch(cursor.of(new), value(old), value(new)))
    return Renaming(value(old), value(new), span=cursor.since(old.start))


def to_text(command: Rename) -> str:
    return "rename " + ", ".join(f"{name(each.old)} AS {name(each.new)}" for each in command.renamings)
