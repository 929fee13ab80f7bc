"""The exceptions that mean "the input is wrong", never "we are".

TocsinError
├── CompileError    a search cannot be compiled; carries its diagnostics
├── ContentError    a library's file cannot be used; carries its diagnostics
└── UsageError      an option or argument cannot be used; one line
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.diagnostics.diagnostic import Diagnostic


class TocsinError(Exception):
    """Base of all: caught once, at the command line."""


class _Diagnosed(TocsinError):
    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__("; ".join(each.message for each in diagnostics))
        self.diagnostics = tuple(diagnostics)


class CompileError(_Diagnosed):
    """The search is wrong or unsupported; `diagnostics` say where and why."""


class ContentError(_Diagnosed):
    """A detection, macro or lookup file cannot be used; `diagnostics` say where and why."""


class UsageError(TocsinError):
    """An option's value or a path cannot be used; the message is for the person who typed it."""
