"""`fillnull`: give missing fields a value."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.spl.ast import Command


@dataclass(frozen=True, slots=True)
class Fillnull(Command):
    """`fields` empty: every field that exists in some row."""

    value: str = "0"
    fields: tuple[str, ...] = ()
