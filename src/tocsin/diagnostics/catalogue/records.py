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


def matches_nothing(name: str, value: str, span: Span | None) -> Diagnostic:
    """`name` is the field that decides it and `value` what every record has there; "" if none does alone."""
    message = f"no record can match: `{name}` is `{value}` in every record" if name else "no record can match"
    return Diagnostic("matches-nothing", Severity.warning, message, span, "never true here")


def other_case(name: str, known: str, span: Span | None) -> Diagnostic:
    return Diagnostic(
        "other-case",
        Severity.warning,
        f"names of fields are case-sensitive, and records have `{known}`, not `{name}`",
        span,
        "most likely always missing",
        f"did you mean `{known}`?",
    )
