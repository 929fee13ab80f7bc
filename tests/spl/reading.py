"""Short ways to read SPL in tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tocsin.diagnostics import CompileError, Diagnostic
from tocsin.source import Composed, Source
from tocsin.spl.ast import Command
from tocsin.spl.macros import Macro
from tocsin.spl.parser import parse


def whole(text: str, name: str = "<search>") -> Composed:
    return Composed.whole(Source(name, text))


def library(**definitions: str) -> dict[str, Macro]:
    """Macros without arguments."""
    macros = [Macro(name, (), whole(text, f"{name}.yml")) for name, text in definitions.items()]
    return {macro.key: macro for macro in macros}


def commands(text: str) -> tuple[Command, ...]:
    return parse(whole(text)).pipeline.commands


def command(text: str) -> Command:
    """The one command after `* |`."""
    found = commands(f"* | {text}")
    assert len(found) == 2
    return found[1]


def warnings(text: str) -> list[str]:
    return [each.name for each in parse(whole(text)).warnings]


def problems(read: Callable[[], object]) -> tuple[Diagnostic, ...]:
    with pytest.raises(CompileError) as caught:
        read()
    return caught.value.diagnostics


def errors(text: str) -> list[tuple[str, str]]:
    """The name of each error of a search, and the text it points at."""
    return [(each.name, each.span.text if each.span else "") for each in problems(lambda: parse(whole(text)))]
