"""Problems found where a search meets the records: what files cannot answer as an index would."""

from __future__ import annotations

from tocsin.diagnostics.diagnostic import Diagnostic, Severity
from tocsin.source import Span


def index_ignored(span: Span | None) -> Diagnostic:
    return Diagnostic(
        "index-ignored",
        Severity.warning,
        "a comparison with `index` is not looked at: files have no index",
        span,
        "decides nothing",
        "the paths given to the command choose what is searched",
    )
