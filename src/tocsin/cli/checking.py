"""The work of `tocsin check`: compile every detection, print every diagnostic, count by outcome."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from tocsin.cli.library import load, report
from tocsin.cli.needs import needed
from tocsin.cli.screen import console, print_grid
from tocsin.config import Settings
from tocsin.content.detection import Detection
from tocsin.content.library import Library
from tocsin.diagnostics import CompileError, Diagnostic, Severity, worst
from tocsin.run import compile_detection
from tocsin.sinks.account_text import amount
from tocsin.sinks.visible import visible

# A compiled search does not depend on the clock except through `now()`; any moment will do here.
_SETTINGS = Settings(now=0.0)

_STATES = ("ready", "unsupported", "error")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One detection: `state` is ready, unsupported, error, or the option that it needs; `why` the grave diagnostics."""

    detection: Detection
    state: str
    why: tuple[Diagnostic, ...]


def check(paths: Sequence[Path], form: str) -> bool:
    """Print it all; whether anything is in error."""
    library = load(paths)
    outcomes = [_outcome(each, library) for each in _own(library, paths)]
    if form == "jsonl":
        for outcome in outcomes:
            click.echo(json.dumps(_as_json(outcome)))
    else:
        _table(outcomes)
    broken = worst(library.diagnostics) == Severity.error
    return broken or any(outcome.state == "error" for outcome in outcomes)


def _own(library: Library, paths: Sequence[Path]) -> tuple[Detection, ...]:
    own = tuple(each for each in library.detections if not library.is_shipped(each))
    return own if paths else library.detections


def _outcome(detection: Detection, library: Library) -> Outcome:
    try:
        compiled = compile_detection(detection, library, _SETTINGS)
    except CompileError as error:
        if option := needed(error):
            return Outcome(detection, f"needs {option}", ())
        report(error.diagnostics)
        grave = tuple(each for each in error.diagnostics if each.severity > Severity.warning)
        gravest = worst(grave) or Severity.error
        return Outcome(detection, gravest.name, grave)
    report(compiled.warnings)
    return Outcome(detection, "ready", ())


def _table(outcomes: Sequence[Outcome]) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="underline")
    for title in ("detection", "type", "state", "why"):
        table.add_column(title, overflow="fold")
    for outcome in outcomes:
        table.add_row(*map(visible, (outcome.detection.name, outcome.detection.type, outcome.state, _why(outcome))))
    print_grid(console(), table)
    click.echo(f"\n{_totals(outcomes)}")


def _why(outcome: Outcome) -> str:
    return "; ".join(dict.fromkeys(each.message for each in outcome.why))


def _totals(outcomes: Sequence[Outcome]) -> str:
    others = sorted({each.state for each in outcomes} - set(_STATES))
    counts = {state: sum(each.state == state for each in outcomes) for state in (*_STATES, *others)}
    return f"{amount(len(outcomes), 'detection')}: " + ", ".join(f"{count} {state}" for state, count in counts.items())


def _as_json(outcome: Outcome) -> dict[str, object]:
    return {
        "name": outcome.detection.name,
        "id": outcome.detection.id,
        "path": outcome.detection.path,
        "state": outcome.state,
        "diagnostics": list(_diagnostics(outcome)),
    }


def _diagnostics(outcome: Outcome) -> Iterator[dict[str, object]]:
    for each in outcome.why:
        line, column = each.span.source.line_column(each.span.start) if each.span else (None, None)
        file = each.span.source.name if each.span else each.where
        yield {"name": each.name, "message": each.message, "file": file, "line": line, "column": column}
