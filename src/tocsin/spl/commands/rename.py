"""`rename`: give fields other names; `*` carries text from the old name to the new one."""

from __future__ import annotations

from tocsin.diagnostics.catalogue import spl as catalogue
from tocsin.spl.ast import Command, Written
from tocsin.spl.cursor import Cursor
from tocsin.spl.lexer import value
from tocsin.spl.names import read_name
from tocsin.spl.quoting import name


class Renaming(Written, frozen=True):
    old: str
    new: str


class Rename(Command, frozen=True):
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
    start = cursor.start()
    old = value(read_name(cursor))
    if not cursor.take_word("as"):
        cursor.fail_unexpected("`AS`")
    target = read_name(cursor, "a name after `AS`")
    new = value(target)
    if old.count("*") != new.count("*"):
        cursor.fail(catalogue.wildcard_mismatch(cursor.of(target), old, new))
    return Renaming(old, new, span=cursor.since(start))


def to_text(command: Rename) -> str:
    return "rename " + ", ".join(f"{name(each.old)} AS {name(each.new)}" for each in command.renamings)
