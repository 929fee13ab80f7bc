"""The work of `tocsin search`: one search, its rows, its account."""

from __future__ import annotations

import time

from tocsin.cli.asked import SearchOptions
from tocsin.cli.library import load, report
from tocsin.cli.output import opened, write_json
from tocsin.cli.places import check
from tocsin.cli.progress import executed
from tocsin.cli.screen import colour, tell, width
from tocsin.config import Settings
from tocsin.diagnostics import Severity, worst
from tocsin.run import compile_text, without_records
from tocsin.sinks.rows import write_rows
from tocsin.sinks.summary import summary
from tocsin.source import Composed, Source


def search(settings: Settings, options: SearchOptions) -> tuple[bool, bool]:
    """Run it. Returns whether some input could not be read, and whether content is wrong or the search failed.

    The account goes to standard error: rows are data.
    """
    started = time.monotonic()
    library = load(options.content)
    compiled = compile_text(Composed.whole(Source("<search>", options.spl)), library, settings)
    report(compiled.warnings)
    written = check({"--output": options.output, "--summary": options.summary}, options.beside)
    asked = [without_records(compiled, settings)]
    with (
        opened(options.output) as output,
        executed(asked, options.paths, settings, library, written) as run,
    ):
        for _, result in run.results(origins=False):
            write_rows(options.form, result, output, zone=settings.timezone, color=colour(output), width=width(output))
        run.account.seconds = time.monotonic() - started
    tell(run.account, "result")
    write_json(options.summary, summary(run.account))
    broken = any(each.failed for each in run.account.detections) or worst(library.problems) == Severity.error
    return bool(run.account.scan.failed or run.account.scan.unreadable), broken
