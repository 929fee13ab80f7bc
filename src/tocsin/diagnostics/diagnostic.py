"""One problem found in a detection, a macro, a search or an option."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from msgspec import Struct

from tocsin.source import Span


class Severity(IntEnum):
    """How bad: a warning runs, something unsupported is refused though it is right, an error is wrong."""

    warning = 1
    unsupported = 2
    error = 3


class Diagnostic(Struct, frozen=True):
    """A problem as a value.

    `name` is a kebab-case word that reads well after "allow" (`unknown-macro`). `message` is one line in
    lower case that states a fact; `label` is a few words under the very token at `span`; `help` is the next
    thing to try. `where` names the file when there is no span in a text (a file that cannot be read).
    """

    name: str
    severity: Severity
    message: str
    span: Span | None = None
    label: str = ""
    help: str = ""
    notes: tuple[str, ...] = ()
    where: str = ""


def worst(diagnostics: Iterable[Diagnostic]) -> Severity | None:
    """The gravest severity among them; None for none."""
    return max((each.severity for each in diagnostics), default=None)
