"""Reads a macro from a YAML file: `name`, `definition`, and the names of its `arguments`."""

from __future__ import annotations

import re

from tocsin.content.facts import Facts
from tocsin.content.yaml_value import Entries
from tocsin.diagnostics import Diagnostic, Severity, worst
from tocsin.diagnostics.catalogue import content as catalogue
from tocsin.spl.macros import Macro

NAME = re.compile(r"[A-Za-z0-9_.:-]{1,200}")

_KEYS = (
    "name", "definition", "arguments", "description", "id", "version", "author", "date", "creation_date",
    "modification_date", "status",
)  # fmt: skip


def read_macro(entries: Entries, path: str) -> tuple[Macro | None, tuple[Diagnostic, ...]]:
    """The macro, and what is wrong with its file. Its definition is taken as it stands, in any length."""
    problems: list[Diagnostic] = []
    facts = Facts(entries, problems)
    facts.only(_KEYS)
    facts.require("name", "definition")
    name, definition = facts.text("name"), facts.scalar("definition")
    if name and not NAME.fullmatch(name):
        problems.append(catalogue.macro_name(name, facts.span("name")))
    arguments = facts.texts("arguments")
    if worst(problems) is Severity.error or definition is None:
        return None, tuple(problems)
    return Macro(name, arguments, definition.composed, facts.text("description"), path), tuple(problems)
