"""What lowering is given, what it gives, and what it collects on the way."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from tocsin.diagnostics import CompileError, Diagnostic, Severity
from tocsin.plan.nodes import Node


class Context(Struct, frozen=True):
    """What a search's meaning depends on besides its text.

    `now` is epoch seconds, `timezone` an IANA name: the searcher's. `lookups` gives each table's columns.
    `calendars` are the names of a calendar file's, None if no file is given; `profile` says whether one is.
    """

    now: float
    timezone: str = "UTC"
    lookups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    calendars: tuple[str, ...] | None = None
    profile: bool = False


class Lowered(Struct, frozen=True):
    """A plan that can run, and what its author may want to hear."""

    plan: Node
    warnings: tuple[Diagnostic, ...] = ()


class Lowering(Struct, frozen=True):
    """The lowering of one search: its context, and the problems found so far.

    A part that cannot be lowered is reported and stands as NULL, so that one problem hides no other.
    """

    context: Context
    problems: list[Diagnostic] = field(default_factory=list)

    def report(self, problem: Diagnostic) -> None:
        self.problems.append(problem)

    @property
    def refused(self) -> bool:
        """Whether anything so far forbids to run the search. What fields there are afterwards, nobody knows."""
        return any(each.severity > Severity.warning for each in self.problems)

    def finish(self) -> tuple[Diagnostic, ...]:
        """The warnings; raises CompileError with everything if anything is worse than a warning."""
        if self.refused:
            raise CompileError(self.problems)
        return tuple(self.problems)
