"""Problems found while a plan becomes SQL: what the engine has no body for."""

from __future__ import annotations

from tocsin.diagnostics.diagnostic import Diagnostic, Severity
from tocsin.source import Span


def no_body(function: str, span: Span | None) -> Diagnostic:
    message = f"the function `{function}` does not run yet"
    return Diagnostic("unsupported-function", Severity.unsupported, message, span, "not supported")


def not_for(function: str, what: str, span: Span | None, help: str = "") -> Diagnostic:
    message = f"`{function}` does not support {what} yet"
    return Diagnostic("unsupported-argument", Severity.unsupported, message, span, "not supported", help)


def no_condition(span: Span | None) -> Diagnostic:
    return Diagnostic(
        "not-a-condition",
        Severity.error,
        "a value stands where a condition is needed",
        span,
        "not true or false",
        "a comparison: `x=1`",
    )


def unknown_directive(directive: str, span: Span | None) -> Diagnostic:
    return Diagnostic(
        "unsupported-time-format",
        Severity.unsupported,
        f"the time format's `{directive}` does not run yet",
        span,
        "not supported",
        "supported are %Y %m %d %H %M %S, %F %T, %b %B %a %A, %j %w %p %I %e %y, %s, %z, %Z, %N and %3N among others",
    )


def bad_time_text(problem: str, span: Span | None) -> Diagnostic:
    return Diagnostic("bad-time", Severity.error, problem, span, "cannot be read")


def bad_block(text: str, span: Span | None) -> Diagnostic:
    message = f"`{text}` is no block of addresses"
    return Diagnostic("bad-cidr", Severity.error, message, span, "no block", "a form like 10.0.0.0/8 is needed")


def bad_regex(reason: str, span: Span | None) -> Diagnostic:
    message = f"the regular expression does not run: {reason}"
    return Diagnostic("bad-regex", Severity.error, message, span, "cannot be read")


def unknown_lookup(name: str, span: Span | None) -> Diagnostic:
    message = f"no lookup table named `{name}`"
    return Diagnostic("unknown-lookup", Severity.error, message, span, "not loaded")
