"""Macros: named pieces of search text, put in as text before anything is parsed."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.source import Composed


@dataclass(frozen=True, slots=True)
class Macro:
    """`name` without the argument count; `definition` leads back to the file that holds it.

    `implicit` marks a filter macro that nobody defined and that stands for `search *`.
    `overrides` is the path of the definition that this one replaces, "" if none.
    """

    name: str
    arguments: tuple[str, ...]
    definition: Composed
    description: str = ""
    path: str = ""
    implicit: bool = False
    overrides: str = ""

    @property
    def key(self) -> str:
        """How Splunk tells macros apart: `name`, or `name(2)` for one with two arguments."""
        return f"{self.name}({len(self.arguments)})" if self.arguments else self.name
