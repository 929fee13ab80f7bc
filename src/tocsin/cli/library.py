"""The library a verb works with, and its diagnostics on standard error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click
from msgspec.structs import replace

from tocsin.content.detection import Detection
from tocsin.content.find import is_file
from tocsin.content.library import Library, load_library
from tocsin.diagnostics import Diagnostic, Severity, UsageError, worst
from tocsin.diagnostics.render import render
from tocsin.sinks.account_text import amount

MOST = 10  # warnings that are printed; a whole library of 2021 has one in every file


def load(content: Sequence[Path], names: Sequence[str] = (), *, everything: bool = False) -> Library:
    """The shipped library with the given layers over it, and those of `names` that are files.

    Problems are printed, not raised: with `everything` all, else the first warnings, and those of a lookup where a
    search names it.
    """
    files = [Path(name) for name in names if is_file(name)]
    library = load_library([*content, *files])
    problems = library.diagnostics if everything else library.problems
    warnings = [each for each in problems if each.severity is Severity.warning]
    later = frozenset(map(id, () if everything else warnings[MOST:]))
    report(each for each in problems if id(each) not in later)
    if later:
        check = " ".join(("tocsin check", *map(str, content)))
        click.echo(f"and {amount(len(later), 'more warning')} (`{check}` prints them)", err=True)
    return library


def report(diagnostics: Iterable[Diagnostic], detection: str = "") -> bool:
    """Print diagnostics to standard error; whether any is worse than a warning.

    One that points into no file of the `detection` (a macro that many use, say) gets a note that names it.
    """
    found = tuple(_placed(each, detection) for each in diagnostics)
    if found:
        click.echo(render(found), err=True)
    gravest = worst(found)
    return gravest is not None and gravest > Severity.warning


def _placed(problem: Diagnostic, detection: str) -> Diagnostic:
    if not detection or (problem.span is not None and problem.span.macro is None):
        return problem
    return replace(problem, notes=(*problem.notes, f"in the detection `{detection}`"))


def chosen(library: Library, names: Sequence[str], content: Sequence[Path]) -> tuple[Detection, ...]:
    """The named detections, in the order named first; without names those of --content, broken ones too, or else all.

    Raises UsageError where all that --content has are broken.
    """
    if names:
        return tuple({each.path: each for each in map(library.find, names)}.values())
    own = tuple(each for each in library.detections if not library.is_shipped(each))
    if content and library.broken and not own:
        raise UsageError(f"no detection can run: {amount(len(library.broken), 'detection')} in error, see above")
    return own if content and own else library.detections
