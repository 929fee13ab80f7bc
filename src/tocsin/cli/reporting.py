"""What `--format html` shows beside findings and account, gathered from the run."""

from __future__ import annotations

from tocsin.cli.asked import ScanOptions
from tocsin.risk.comparison import Comparison
from tocsin.run import Execution
from tocsin.run.pushes import pushes
from tocsin.sinks.html.beside import Beside
from tocsin.sinks.html.sink import HtmlReport
from tocsin.sinks.protocol import Sink


def complete(sink: Sink, run: Execution, comparison: Comparison | None, options: ScanOptions) -> None:
    """Tell a report what it shows besides; every finding must be written. Other sinks are told nothing."""
    if not isinstance(sink, HtmlReport):
        return
    searches = {each.detection.name: each.expanded.text for each in run.compiled if each.detection}
    sink.tell(Beside(pushes(run, sink.knows), comparison, searches, inputs(options)))


def inputs(options: ScanOptions) -> tuple[tuple[str, str], ...]:
    """How the run was told what to do, a line each; what was not asked for has none."""
    lines = {
        "Logs": ", ".join(options.paths),
        "Detections": ", ".join(options.detections),
        "Content": ", ".join(map(str, options.content)),
        "Calendar file": str(options.hours_file or ""),
        "Profile": str(options.profile_file or ""),
    }
    return tuple((name, value) for name, value in lines.items() if value)
