"""Problems found in a calendar file: keys, zones, times, lists, imported calendars, rules that cannot work."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from tocsin.diagnostics.diagnostic import Diagnostic, Severity
from tocsin.source import Span

_HOLIDAYS = "the holidays known are listed by the Python library `holidays`"


def unknown_key(path: str, known: Iterable[str], span: Span) -> Diagnostic:
    key = path.rpartition(".")[2]
    message = f"`{_short(path)}` is not a key of a calendar file"
    return _error("unknown-key", message, span, "not known here", _meant(key, known) or f"keys here: {_words(known)}")


def missing_key(path: str, span: Span, help: str = "") -> Diagnostic:
    key = path.rpartition(".")[2]
    return _error("missing-key", f"`{_short(path)}` is missing", span, "in this mapping", help or f"add `{key}`")


def wrong_kind(path: str, wanted: str, span: Span, help: str = "") -> Diagnostic:
    return _error("wrong-kind", f"`{_short(path)}` must be {wanted}", span, f"not {wanted}", help)


def empty_value(path: str, wanted: str, span: Span) -> Diagnostic:
    return _error("empty-value", f"`{_short(path)}` is empty", span, f"{wanted} belongs here")


def unknown_zone(name: str, known: Iterable[str], span: Span) -> Diagnostic:
    help = _meant(name, known) or "a name of the IANA time zone database is needed, such as `Europe/Berlin`"
    return _error("unknown-zone", f"there is no time zone `{_short(name)}`", span, "not a time zone", help)


def unknown_country(name: str, known: Iterable[str], span: Span) -> Diagnostic:
    help = _meant(name.upper(), known) or f"a country is two letters, such as `DE`; {_HOLIDAYS}"
    return _error("unknown-country", f"no holidays are known for a country `{_short(name)}`", span, "not known", help)


def unknown_subdivision(country: str, name: str, known: Iterable[str], span: Span) -> Diagnostic:
    known = list(known)
    message = f"no subdivision `{_short(name)}` of `{country}` is known"
    help = _meant(name, known) or (f"known for `{country}`: {_words(known)}" if known else f"`{country}` has none")
    return _error("unknown-subdivision", message, span, "not known", help)


def unknown_category(country: str, name: str, known: Iterable[str], span: Span) -> Diagnostic:
    known = list(known)
    message = f"no holidays of the kind `{_short(name)}` are known for `{country}`"
    help = _meant(name, known) or (f"known for `{country}`: {_words(known)}" if known else f"`{country}` has none")
    return _error("unknown-holidays", message, span, "not known", help)


def bad_weekday(text: str, span: Span) -> Diagnostic:
    help = "a day, several, or a range: `mon`, `mon, wed`, `mon-fri`, `sun-thu`, `daily`"
    return _error("bad-weekday", f"`{_short(text)}` names no weekday", span, "not a weekday", help)


def bad_time(text: str, span: Span) -> Diagnostic:
    help = "a time is `08:00`, from `00:00` to `24:00`"
    return _error("bad-time", f"`{_short(text)}` is no time of day", span, "not a time", help)


def bad_shift(text: str, span: Span) -> Diagnostic:
    help = "hours are `08:00-18:00`, several with commas between, over midnight `22:00-06:00`, or `all day`"
    return _error("bad-hours", f"`{_short(text)}` gives no hours", span, "not hours", help)


def empty_shift(text: str, span: Span) -> Diagnostic:
    message = f"`{_short(text)}` ends where it begins"
    return _error("empty-hours", message, span, "no time at all", "a whole day is `00:00-24:00` or `all day`")


def bad_date(text: str, span: Span) -> Diagnostic:
    help = "a date is `2024-12-24`, a moment `2024-12-24 08:00`"
    return _error("bad-date", f"`{_short(text)}` is no date", span, "not a date", help)


def bad_entry(rest: str, span: Span) -> Diagnostic:
    message = f"`{_short(rest)}` can be neither hours nor a reason"
    help = (
        "an entry is `DATE`, `DATE to DATE`, either with hours, or `DATE TIME to DATE TIME`, and then its reason; "
        "a reason that does not begin with a letter is written with the key `reason`"
    )
    return _error("bad-entry", message, span, "not understood", help)


def mixed_ends(span: Span) -> Diagnostic:
    message = "one end of the range is a date and the other a moment"
    return _error("mixed-ends", message, span, "of two kinds", "write both with a time, or both without")


def mixed_zones(span: Span) -> Diagnostic:
    message = "one end of the range has an offset from UTC and the other none"
    return _error("mixed-ends", message, span, "of two kinds", "write `Z` or an offset such as `+02:00` at both")


def reversed_range(span: Span) -> Diagnostic:
    return _error("reversed-range", "the range ends before anything is in it", span, "nothing is inside")


def open_without_hours(span: Span) -> Diagnostic:
    message = "the extra opening has no hours"
    help = "write its hours, `2024-11-30 09:00-17:00`, or `00:00-24:00` for the whole day"
    return _error("open-without-hours", message, span, "open when?", help)


def time_without_zone(text: str, span: Span) -> Diagnostic:
    message = f"`{_short(text)}` has no time zone, and none holds here"
    help = "write an offset (`2024-12-24 08:00Z`, `+02:00`), or give the file a `zone`"
    return _error("time-without-zone", message, span, "on whose clock?", help)


def bad_recurrence(problem: str, span: Span) -> Diagnostic:
    help = "a rule is written as in RFC 5545: `FREQ=MONTHLY;BYDAY=-1FR`"
    return _error("bad-recurrence", problem, span, "cannot recur like this", help)


def overlapping_hours(path: str, one: str, other: str, span: Span) -> Diagnostic:
    message = f"`{_short(path)}`: {one} and {other} overlap"
    return _error("overlapping-hours", message, span, "overlapping hours", "make one of the two, or cut one short")


def nothing_open(path: str, span: Span) -> Diagnostic:
    message = f"`{_short(path)}` has no hours in its week"
    return _warning("always-closed", message, span, "always closed", "the built-in calendar `none` says so in one word")


def reserved_name(name: str, span: Span) -> Diagnostic:
    message = f"`{name}` is a calendar that every file has"
    return _error("reserved-name", message, span, "cannot be made anew", "choose another name")


def unknown_calendar(name: str, known: Iterable[str], span: Span) -> Diagnostic:
    known = list(known)
    help = _meant(name, known) or f"calendars here: {_words(known)}"
    return _error("unknown-calendar", f"there is no calendar `{_short(name)}`", span, "not a calendar", help)


def unknown_unit(name: str, known: Iterable[str], span: Span) -> Diagnostic:
    known = list(known)
    help = _meant(name, known) or (f"units here: {_words(known)}" if known else "units are listed under `units`")
    return _error("unknown-unit", f"there is no unit `{_short(name)}`", span, "not a unit", help)


def rule_for_all(span: Span) -> Diagnostic:
    message = "the rule asks for nothing, so it would take everybody"
    return _error("rule-without-condition", message, span, "no condition", "`default` names everybody's calendar")


def no_default(where: Span) -> Diagnostic:
    message = "there is no `default` calendar: whoever no rule matches is unknown"
    return _warning("no-default", message, where, "in this file", "add `default: NAME`")


def unreachable_rule(earlier: str, place: str, span: Span) -> Diagnostic:
    message = f"the rule can never match: {earlier} takes all that it asks for"
    help = "the first rule that matches wins: put the narrower one first, or remove it"
    return _warning("unreachable-rule", message, span, "never reached", help, (f"{earlier} stands at {place}",))


def contradictory_rules(earlier: str, place: str, span: Span) -> Diagnostic:
    message = f"the rule asks for the same as {earlier} and says otherwise"
    help = "the first one wins; for somebody who moves, give the earlier rule an end with `until`"
    return _warning("contradictory-rules", message, span, "contradicts", help, (f"{earlier} stands at {place}",))


def too_many(what: str, limit: int, span: Span) -> Diagnostic:
    return _error("too-many", f"there are more than {limit:,} {what}", span, "one too many")


def import_path(path: str, why: str, span: Span) -> Diagnostic:
    help = "an .ics file lies in the calendar file's folder or below it"
    return _error("import-path", f"the calendar `{_short(path)}` {why}", span, "not read", help)


def import_empty(path: str, span: Span) -> Diagnostic:
    return _warning("import-empty", f"the calendar `{_short(path)}` holds no events", span, "nothing to import")


def import_event(problem: str, span: Span) -> Diagnostic:
    return _error("import-event", problem, span, "cannot be imported")


def import_problems(path: str, count: int, span: Span) -> Diagnostic:
    return _error(
        "import-event", f"{count:,} more events of `{_short(path)}` cannot be imported", span, "imported here"
    )


def import_skipped(count: int, span: Span) -> Diagnostic:
    which = "event that is" if count == 1 else "events that are"
    passed = "is" if count == 1 else "are"
    message = f"{count:,} {which} cancelled or of no length {passed} passed over"
    return _warning("import-skipped", message, span, "not imported")


def _meant(name: str, known: Iterable[str]) -> str:
    names = {each.lower(): each for each in known}
    close = get_close_matches(name[:80].lower(), names, n=1)
    return f"did you mean `{names[close[0]]}`?" if close else ""


def _words(known: Iterable[str]) -> str:
    names = list(known)
    shown = ", ".join(f"`{_short(name)}`" for name in names[:20])
    return f"{shown} and {len(names) - 20} more" if len(names) > 20 else shown


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "..."


def _error(name: str, message: str, span: Span, label: str, help: str = "") -> Diagnostic:
    return Diagnostic(name, Severity.error, message, span, label, help)


def _warning(
    name: str, message: str, span: Span, label: str, help: str = "", notes: tuple[str, ...] = ()
) -> Diagnostic:
    return Diagnostic(name, Severity.warning, message, span, label, help, notes)
