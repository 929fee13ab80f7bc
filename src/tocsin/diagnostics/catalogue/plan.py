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


def bad_moment(reason: str, span: Span | None) -> Diagnostic:
    return Diagnostic("bad-time", Severity.error, f"a time cannot be read: {reason}", span, "no time")


def empty_window(span: Span | None) -> Diagnostic:
    message = "the time window is empty: it ends before it begins"
    return Diagnostic("empty-window", Severity.error, message, span, "`earliest` is not before `latest`")


def bad_span(size: str, span: Span) -> Diagnostic:
    message = f"the span `{size}` cannot be read"
    return _error("bad-span", message, span, "no span", "a span is a number and a unit, like `5m` or `1d`")


def not_a_condition(span: Span) -> Diagnostic:
    return _error(
        "not-a-condition",
        "a value stands where a condition is needed",
        span,
        "not true or false",
        "a comparison: `x=1`",
    )


def not_a_value(span: Span) -> Diagnostic:
    return _error(
        "not-a-value",
        "a condition stands where a value is needed",
        span,
        "true or false, no value",
        "`if(condition, 1, 0)` makes a value of it",
    )


def computed_name(name: str, span: Span) -> Diagnostic:
    return _unsupported(
        "computed-name", f"`{{{name}}}` names a field by the value of a field", span, "not known before it runs"
    )


def no_search_first(name: str, span: Span) -> Diagnostic:
    message = f"`{name}` needs rows, and nothing before it makes any"
    return _error("no-search-first", message, span, "comes first", "a search before it: `search * | ...`")


def duplicate_column(name: str, span: Span) -> Diagnostic:
    message = f"two columns of the result would be named `{name}`"
    return _error("duplicate-column", message, span, f"the second `{name}`", "another name with `AS`")


def wildcard_by_field(name: str, span: Span) -> Diagnostic:
    return _error("wildcard-by-field", f"`{name}` after `BY` has a wildcard", span, "needs one exact name")


def wildcard_mismatch(old: str, new: str, span: Span) -> Diagnostic:
    return _error(
        "wildcard-mismatch",
        f"`{new}` has {new.count('*')} stars and `{old}` has {old.count('*')}",
        span,
        "both sides need the same number",
    )


def unknown_lookup(name: str, known: Iterable[str], span: Span) -> Diagnostic:
    return _error("unknown-lookup", f"there is no lookup table `{name}`", span, "unknown", _suggest(name, known))


def unknown_lookup_field(table: str, name: str, known: Iterable[str], span: Span) -> Diagnostic:
    message = f"the lookup table `{table}` has no field `{name}`"
    return _error("unknown-lookup-field", message, span, "not in the table", _suggest(name, known))


def no_named_group(span: Span) -> Diagnostic:
    return _error(
        "no-named-group",
        "the regular expression names no field to extract",
        span,
        "no named group",
        "`(?<field>...)` extracts into `field`",
    )


def unknown_field(name: str, known: Iterable[str], span: Span | None) -> Diagnostic:
    message = f"nothing before this command leaves a field `{name}`"
    return _warning("unknown-field", message, span, "always missing here", _suggest(name, known))


def unknown_by_field(name: str, known: Iterable[str], span: Span | None) -> Diagnostic:
    message = f"nothing before this command leaves a field `{name}`, so that every row is dropped"
    return _warning("unknown-by-field", message, span, "always missing here", _suggest(name, known))


def bare_word_comparison(name: str, span: Span | None) -> Diagnostic:
    return _warning(
        "bare-word-comparison",
        f"`{name}` without quotes is a field, and nothing makes it, so that the comparison is never true",
        span,
        "a field, no text",
        f'double quotes if the text is meant: `"{name}"`',
    )


def too_many_commands(most: int, span: Span | None) -> Diagnostic:
    message = f"the search has more than {most} commands and assignments"
    return Diagnostic("too-many-commands", Severity.unsupported, message, span, "from here on")


def no_hours(span: Span) -> Diagnostic:
    help = "`--hours FILE` gives one, `tocsin hours learn` writes one from history"
    return _error("no-hours", "`businesshours` requires a calendar file", span, "whose hours?", help)


def no_profile(span: Span) -> Diagnostic:
    help = "`--profile FILE` gives one, `tocsin hours learn --profile` writes one from history"
    return _error("no-profile", "`unusualhour` requires a profile", span, "unusual for whom?", help)


def unknown_calendar(name: str, known: Iterable[str], span: Span) -> Diagnostic:
    message = f"the calendar file has no calendar `{name}`"
    listed = ", ".join(f"`{each}`" for each in sorted(known)[:20])
    return _error("unknown-calendar", message, span, "not a calendar", _suggest(name, known) or f"calendars: {listed}")


def _unsupported(name: str, message: str, span: Span, label: str, help: str = "") -> Diagnostic:
    return Diagnostic(name, Severity.unsupported, message, span, label, help)


def _error(name: str, message: str, span: Span, label: str, help: str = "") -> Diagnostic:
    return Diagnostic(name, Severity.error, message, span, label, help)


def _warning(name: str, message: str, span: Span | None, label: str, help: str = "") -> Diagnostic:
    return Diagnostic(name, Severity.warning, message, span, label, help)


def _suggest(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name, sorted(known), n=1)
    return f"did you mean `{close[0]}`?" if close else ""
