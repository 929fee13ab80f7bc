"""The work of `tocsin check`: compile every detection, print every diagnostic, count by outcome."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import click

from tocsin.cli.library import load
from tocsin.cli.outcomes import Outcome, outcomes
from tocsin.cli.screen import page, print_grid
from tocsin.content.detection import Detection
from tocsin.content.library import Library
from tocsin.diagnostics import Diagnostic, Severity, worst
from tocsin.sinks.account_text import amount
from tocsin.sinks.visible import visible

_STATES = ("ready", "unsupported", "error")


def check(paths: Sequence[Path], form: str) -> bool:
    """Print it all; whether anything is in error."""
    library = load(paths, everything=True)
    found = outcomes(_own(library, paths), library)
    if form == "jsonl":
        for line in (*map(_as_json, found), *_files_as_json(library.diagnostics)):
            click.echo(json.dumps(line))
    else:
        _table(found)
        click.echo(f"\n{_totals(found, library.diagnostics)}")
    return worst(library.diagnostics) == Severity.error or any(outcome.state == "error" for outcome in found)


def _own(library: Library, paths: Sequence[Path]) -> tuple[Detection, ...]:
    own = tuple(each for each in library.detections if not library.is_shipped(each))
    return own if paths else library.detections


def _table(found: Sequence[Outcome]) -> None:
    rows = [(each.detection.name, each.detection.type, each.state, _why(each)) for each in found]
    print_grid(page(), ("detection", "type", "state", "why"), [list(map(visible, row)) for row in rows])


def _why(outcome: Outcome) -> str:
    return "; ".join(dict.fromkeys(each.message for each in outcome.why))


def _totals(found: Sequence[Outcome], problems: Sequence[Diagnostic]) -> str:
    """One line: detections by state, and the errors of files that no detection could be read from."""
    others = sorted({each.state for each in found} - set(_STATES))
    counts = {state: sum(each.state == state for each in found) for state in (*_STATES, *others)}
    states = ", ".join(f"{count} {state}" for state, count in counts.items())
    errors = sum(each.severity is Severity.error for each in problems)
    return f"{amount(len(found), 'detection')}: {states}" + (f"; {amount(errors, 'error')} in files" if errors else "")


def _as_json(outcome: Outcome) -> dict[str, object]:
    return {
        "name": outcome.detection.name,
        "id": outcome.detection.id,
        "path": outcome.detection.path,
        "state": outcome.state,
        "diagnostics": list(_diagnostics(outcome.diagnostics)),
    }


def _files_as_json(problems: Iterable[Diagnostic]) -> Iterator[dict[str, object]]:
    """Problems of files themselves, a line for each file: no name and no id, for it may hold no detection."""
    for path, each in groupby(sorted(problems, key=_file), key=_file):
        listed = list(each)
        gravest = worst(listed)
        state = gravest.name if gravest else ""
        yield {"name": None, "id": None, "path": path, "state": state, "diagnostics": list(_diagnostics(listed))}


def _diagnostics(problems: Iterable[Diagnostic]) -> Iterator[dict[str, object]]:
    for each in problems:
        line, column = each.span.source.line_column(each.span.start) if each.span else (None, None)
        yield {
            "name": each.name,
            "severity": each.severity.name,
            "message": each.message,
            "file": _file(each),
            "line": line,
            "column": column,
        }


def _file(problem: Diagnostic) -> str:
    return problem.span.source.name if problem.span else problem.where
