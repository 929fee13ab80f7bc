"""Problems found while a search is given its meaning: what cannot run, what is wrong, what will surprise."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from tocsin.diagnostics.diagnostic import Diagnostic, Severity
from tocsin.source import Span


def unsupported_command(name: str, span: Span) -> Diagnostic:
    return _unsupported("unsupported-command", f"the command `{name}` does not run yet", span, "not supported")


def unsupported_option(command: str, what: str, span: Span, help: str = "") -> Diagnostic:
    return _unsupported("unsupported-option", f"`{command}` does not support {what} yet", span, "not supported", help)


def unsupported_subsearch(span: Span) -> Diagnostic:
    return _unsupported("unsupported-subsearch", "a subsearch does not run yet", span, "starts a search in a search")


def unsupported_function(name: str, span: Span) -> Diagnostic:
    return _unsupported("unsupported-function", f"the function `{name}` does not run yet", span, "not supported")


def unsupported_argument(function: str, what: str, span: Span, help: str = "") -> Diagnostic:
    message = f"`{function}` does not support {what} yet"
    return _unsupported("unsupported-argument", message, span, "not supported", help)


def unsupported_regex(feature: str, span: Span) -> Diagnostic:
    return _unsupported(
        "unsupported-regex",
        f"a regular expression with {feature} does not run",
        span,
        "not supported",
        "the matcher runs in linear time and does without lookaround, backreferences and possessive quantifiers",
    )


def unsupported_modifier(name: str, span: Span) -> Diagnostic:
    return _unsupported(
        "unsupported-time-modifier",
        f"the time modifier `{name}` does not run yet",
        span,
        "not supported",
        "`earliest` and `latest` are supported",
    )


def misplaced_modifier(name: str, span: Span) -> Diagnostic:
    return _unsupported(
        "misplaced-time-modifier",
        f"the time modifier `{name}` holds for the whole search and stands only among the first search's plain terms",
        span,
        "under `OR` or `NOT`, or in a later command",
        "move it to the beginning of the search",
    )


def wildcard_field(name: str, span: Span) -> Diagnostic:
    return _unsupported(
        "wildcard-field",
        f"the field name `{name}` on the left of a comparison has a wildcard",
        span,
        "needs one exact name",
        "a comparison for each field, joined with `OR`",
    )


def unknown_function(name: str, known: Iterable[str], span: Span) -> Diagnostic:
    return _error("unknown-function", f"there is no function `{name}`", span, "unknown", _suggest(name, known))


def wrong_arguments(name: str, wanted: str, given: int, span: Span) -> Diagnostic:
    message = f"`{name}` takes {wanted}, and has {given}"
    return _error("wrong-arguments", message, span, f"{given} given")


def bad_regex(reason: str, span: Span) -> Diagnostic:
    return _error("bad-regex", f"the regular expression is broken: {reason}", span, "cannot be read")


def search_word_in_filter(macro: str, span: Span) -> Diagnostic:
    return _warning(
        "filter-macro-in-search",
        f"the macro `{macro}` stands inside a search, so that its word `search` is looked for in the records' text",
        span,
        "a term, no command",
        "put a pipe before the macro",
    )


def _unsupported(name: str, message: str, span: Span, label: str, help: str = "") -> Diagnostic:
    return Diagnostic(name, Severity.unsupported, message, span, label, help)


def _error(name: str, message: str, span: Span, label: str, help: str = "") -> Diagnostic:
    return Diagnostic(name, Severity.error, message, span, label, help)


def _warning(name: str, message: str, span: Span, label: str, help: str = "") -> Diagnostic:
    return Diagnostic(name, Severity.warning, message, span, label, help)


def _suggest(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name, sorted(known), n=1)
    return f"did you mean `{close[0]}`?" if close else ""
