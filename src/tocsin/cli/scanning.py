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
from tocsin.diagnostics import CompileError
from tocsin.risk.account import DetectionAccount, RunAccount
from tocsin.risk.finding import Finding
from tocsin.risk.score import findings, missing_warnings
from tocsin.run import Compiled, Execution, compile_detection, execute
from tocsin.sinks.summary import summary


def scan(settings: Settings, options: dict[str, Any]) -> tuple[bool, bool, bool]:
    """Run it. Returns whether there were findings, unread input, and detections that could not run."""
    started = time.monotonic()
    library = load(options["content"], options["detections"])
    ready, failed = _compile(library, settings, options)
    total = 0
    with bar() as progress, execute(ready, options["paths"], settings, library, progress) as run:
        run.account.detections.extend(failed)
        with opened(options["output"]) as output:
            sink = sink_on(options["form"], output, settings)
            for found in _findings(run):
                sink.write(found)
            run.account.seconds = time.monotonic() - started
            sink.close(run.account)
        total = sum(each.rows for each in run.account.detections)
        if options["form"] != "table":
            tell(run.account)
        write_json(options["summary"], summary(run.account))
        return total > 0, _unread(run.account), bool(failed)


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
            report(error.diagnostics)
            failed.append(DetectionAccount(detection.name, failed=str(error)))
        else:
            report(compiled.warnings)
            ready.append(compiled)
    return ready, failed


def _findings(run: Execution) -> Iterator[Iterator[Finding]]:
    for search, result in run.results(origins=True):
        assert search.detection is not None
        missing: Counter[str] = Counter()
        yield findings(search.detection, result, run.pointers, missing)
        run.account.warnings += missing_warnings(search.detection, missing)


def _unread(account: RunAccount) -> bool:
    return bool(account.scan.failed or account.scan.unreadable)
