"""Detections that cannot run only because a file is not given: no error of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tocsin.diagnostics import CompileError, Severity

OPTIONS = {"no-hours": "--hours", "no-profile": "--profile"}


def needed(error: CompileError) -> str:
    """The options that would let it run, `--hours and --profile`; "" if something else is wrong, too."""
    grave = {each.name for each in error.diagnostics if each.severity > Severity.warning}
    return " and ".join(OPTIONS[name] for name in sorted(grave)) if grave and grave <= OPTIONS.keys() else ""


def needs_line(names: Mapping[str, Iterable[str]]) -> str:
    """One line about the detections that lack something, by what they lack.

    >>> needs_line({"--hours": ["A", "B"], "--profile": ["C"]})
    'not run: 2 detections that need --hours, 1 that needs --profile (`tocsin check` names them)'
    """
    counts = {option: len(list(each)) for option, each in names.items()}
    parts = [f"{count:,} that {_need(count)} {option}" for option, count in counts.items()]
    first = next(iter(counts.values()))
    noun = "detection" if first == 1 else "detections"
    parts[0] = parts[0].replace(f"{first:,} that", f"{first:,} {noun} that", 1)
    return f"not run: {', '.join(parts)} (`tocsin check` names them)"


def _need(count: int) -> str:
    return "needs" if count == 1 else "need"
