"""Every other command of SPL: its shape is read, its meaning is not known yet."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.spl.ast import Command, Subsearch


@dataclass(frozen=True, slots=True)
class Other(Command):
    """`name` in lower case; `text` is the arguments as written; `subsearches` are the `[ ... ]` in them."""

    name: str
    text: str
    subsearches: tuple[Subsearch, ...] = ()
