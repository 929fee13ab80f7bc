"""The work of `tocsin scan`: from options to findings on a sink, and what the exit code must say."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

from tocsin.cli.library import chosen, load, report
from tocsin.cli.output import opened, write_json
from tocsin.cli.progress import bar
from tocsin.cli.screen import sink_on, tell
from tocsin.config import Settings
from tocsin.content.library import Library
from tocsin.diagnostics import CompileError, Severity, UsageError, worst
from tocsin.risk.account import DetectionAccount, RunAccount
from tocsin.risk.finding import Finding
from tocsin.risk.score import findings, missing_warnings
from tocsin.run import Compiled, Execution, compile_detection, execute
from tocsin.sinks.account_text import amount
from tocsin.sinks.summary import summary


def scan(settings: Settings, options: dict[str, Any]) -> tuple[bool, bool, bool]:
    """Run it. Returns whether there were findings, unread input, and content that is wrong or does not run."""
    started = time.monotonic()
    library = load(options["content"], options["detections"])
    ready, failed = _compile(library, settings, options)
    with bar() as progress, execute(ready, options["paths"], settings, library, progress) as run:
        for number, error in run.refused.items():
            report(error.diagnostics, ready[number].name)
        run.account.detections.extend(failed)
        with opened(options["output"]) as output:
            sink = sink_on(options["form"], output, settings)
            for found in _findings(run):
                sink.write(found)
            run.account.seconds = time.monotonic() - started
            sink.close(run.account)
        if options["form"] != "table":
            tell(run.account)
        write_json(options["summary"], summary(run.account))
        return _outcome(run.account, library)


def _compile(
    library: Library, settings: Settings, options: dict[str, Any]
) -> tuple[list[Compiled], list[DetectionAccount]]:
    """Those that can run, and those that cannot with the reason; every diagnostic is printed."""
    ready: list[Compiled] = []
    failed: list[DetectionAccount] = []
    for detection in chosen(library, options["detections"], options["content"]):
        try:
            compiled = compile_detection(detection, library, settings)
        except CompileError as error:
            report(error.diagnostics, detection.name)
            failed.append(DetectionAccount(detection.name, failed=str(error)))
        else:
            report(compiled.warnings, detection.name)
            ready.append(compiled)
    if not ready:
        raise UsageError(f"no detection can run: {amount(len(failed), 'detection')} tried, see above")
    return ready, failed


def _findings(run: Execution) -> Iterator[Iterator[Finding]]:
    for search, result in run.results(origins=True):
        assert search.detection is not None
        missing: Counter[str] = Counter()
        yield findings(search.detection, result, run.pointers, missing)
        run.account.warnings += missing_warnings(search.detection, missing)


def _outcome(account: RunAccount, library: Library) -> tuple[bool, bool, bool]:
    found = any(each.rows for each in account.detections)
    unread = bool(account.scan.failed or account.scan.unreadable)
    broken = any(each.failed for each in account.detections) or worst(library.diagnostics) == Severity.error
    return found, unread, broken
