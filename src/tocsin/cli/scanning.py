"""The work of `tocsin scan`: from options to findings on a sink, and what the exit code must say."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import TextIO

import click

from tocsin.cli.asked import ScanOptions
from tocsin.cli.library import chosen, load
from tocsin.cli.needs import needed, needs_line
from tocsin.cli.output import opened, write_json
from tocsin.cli.places import check
from tocsin.cli.progress import executed
from tocsin.cli.screen import sink_on, tell
from tocsin.cli.told import Told
from tocsin.config import Settings
from tocsin.content.library import Library
from tocsin.diagnostics import CompileError, Severity, UsageError, worst
from tocsin.risk.account import DetectionAccount, RunAccount
from tocsin.risk.comparison import Comparison
from tocsin.risk.finding import Finding
from tocsin.risk.score import findings, missing_warnings
from tocsin.run import Compiled, Execution, compile_detection
from tocsin.run.comparing import compare, every_push
from tocsin.run.pushes import counting
from tocsin.sinks.account_text import amount
from tocsin.sinks.comparison_json import comparison_json
from tocsin.sinks.summary import summary

Needs = dict[str, list[str]]
"""Names of detections by the options that they lack."""


def scan(settings: Settings, options: ScanOptions) -> tuple[bool, bool, bool]:
    """Run it. Returns whether there were findings, unread input, and content that is wrong or does not run."""
    started = time.monotonic()
    if options.compare and settings.hours is None:
        raise UsageError("--compare needs --hours FILE")
    library = load(options.content, options.detections)
    told = Told(options.content, library, everything=bool(options.detections))
    ready, failed, needs = _compile(library, settings, options, told)
    ready += _beside(ready, library, settings, options)
    written = check({"--output": options.output, "--summary": options.summary}, options.beside)
    with (
        opened(options.output) as output,
        executed(ready, options.paths, settings, library, written) as run,
    ):
        for number, error in run.refused.items():
            told.tell(error.diagnostics, ready[number].name)
        told.rest()
        run.account.detections.extend(failed)
        sink = sink_on(options.form, output, settings)
        for found in _findings(run):
            sink.write(found)
        comparison = compare(run) if options.compare else None
        if options.form == "html":
            from tocsin.cli.reporting import complete

            complete(sink, run, comparison, options)
        run.account.seconds = time.monotonic() - started
        sink.close(run.account)
        if comparison and options.form in ("table", "jsonl"):
            _show(comparison, options.form, output, settings)
    if comparison and options.form in ("csv", "risk"):
        _show(comparison, "table", sys.stderr, settings)
    if options.form != "table":
        tell(run.account)
    write_json(options.summary, _summary(run.account, needs, comparison))
    return _outcome(run.account, library)


def _show(comparison: Comparison, form: str, output: TextIO, settings: Settings) -> None:
    from tocsin.cli.comparison import show_comparison

    show_comparison(comparison, form, output, settings)


def _beside(ready: list[Compiled], library: Library, settings: Settings, options: ScanOptions) -> list[Compiled]:
    """Searches that no detection asks for: one that a report needs, and that of the comparison."""
    report = counting(ready, library, settings) if options.form == "html" else None
    compared = every_push(library, settings) if options.compare else None
    return [each for each in (report, compared) if each]


def _compile(
    library: Library, settings: Settings, options: ScanOptions, told: Told
) -> tuple[list[Compiled], list[DetectionAccount], Needs]:
    """Those that can run, those that cannot with the reason, and those that nobody named and that lack a file.

    Their diagnostics are told, but those of the last are one line.
    """
    ready: list[Compiled] = []
    failed: list[DetectionAccount] = []
    needs: Needs = {}
    for detection in chosen(library, options.detections, options.content):
        try:
            compiled = compile_detection(detection, library, settings)
        except CompileError as error:
            if not options.detections and (option := needed(error)):
                needs.setdefault(option, []).append(detection.name)
                continue
            told.tell(error.diagnostics, detection.name)
            failed.append(DetectionAccount(detection.name, failed=str(error)))
        else:
            told.tell(compiled.warnings, detection.name)
            ready.append(compiled)
    told.rest()
    if needs:
        click.echo(needs_line(needs), err=True)
    if not ready:
        raise UsageError(f"no detection can run: {amount(len(failed), 'detection')} tried, see above")
    return ready, failed, needs


def _findings(run: Execution) -> Iterator[Iterator[Finding]]:
    for search, result in run.results(origins=True):
        if search.detection is None:
            continue
        missing: Counter[str] = Counter()
        yield findings(search.detection, result, run.pointers, missing)
        run.account.warnings += missing_warnings(search.detection, missing)


def _summary(account: RunAccount, needs: Needs, comparison: Comparison | None) -> dict[str, object]:
    compared = {"compare": comparison_json(comparison)} if comparison else {}
    return {**summary(account), "needs": needs, **compared}


def _outcome(account: RunAccount, library: Library) -> tuple[bool, bool, bool]:
    found = any(each.rows for each in account.detections)
    unread = bool(account.scan.failed or account.scan.unreadable)
    broken = any(each.failed for each in account.detections) or worst(library.problems) == Severity.error
    return found, unread, broken
