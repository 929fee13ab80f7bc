"""Diagnostics of a run over many detections: the first are printed, the others counted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from tocsin.cli.library import report
from tocsin.content.library import Library
from tocsin.diagnostics import Diagnostic
from tocsin.sinks.account_text import amount

MOST = 10  # detections whose diagnostics are printed; a whole library of Splunk's has a thousand


class Told:
    """Prints what is wrong with detections. With `everything`, as for those that somebody named, of all of them."""

    def __init__(self, content: Sequence[Path], library: Library, *, everything: bool) -> None:
        self._check = " ".join(("tocsin check", *map(str, content)))
        self._everything = everything
        self._told = 0
        self._more = 0
        self._shared = [each for problems in library.of_lookups.values() for each in problems]
        self._said: list[Diagnostic] = []  # a lookup may be wrong for many

    def tell(self, diagnostics: Sequence[Diagnostic], detection: str) -> None:
        diagnostics = [each for each in diagnostics if each not in self._said]
        self._said += [each for each in diagnostics if each in self._shared]
        if not diagnostics:
            return
        if self._told < MOST or self._everything:
            self._told += 1
            report(diagnostics, detection)
        else:
            self._more += 1

    def rest(self) -> None:
        """Say how many were not printed since this was last said."""
        if self._more:
            click.echo(
                f"and {amount(self._more, 'more detection')} with problems (`{self._check}` prints them)", err=True
            )
        self._more = 0
