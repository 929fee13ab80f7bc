"""Problems with the text of a search: its signs, words, brackets, macros and command shapes."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from tocsin.diagnostics.diagnostic import Diagnostic, Severity
from tocsin.source import Span

_HELP_FOR_TOKENS = {
    "NOT": "`NOT` stands before what it turns round: `NOT field IN (a, b)`",
    "IN": "`IN` stands after a field: `NOT field IN (a, b)`",
    ")": "no parenthesis is open here",
    "{": "a field name with braces needs single quotes: `'items{}.name'`",
    "$": "a token like `$name$` has a meaning in dashboards and macros only",
}


def unclosed_quote(span: Span) -> Diagnostic:
    return _error("unclosed-quote", "a quoted text is never closed", span, "opened here", 'add the closing `"`')


def unclosed_bracket(span: Span) -> Diagnostic:
    return _error("unclosed-bracket", "a subsearch is never closed", span, "opened here", "add the closing `]`")


def unopened_bracket(span: Span) -> Diagnostic:
    return _error("unopened-bracket", "`]` closes nothing", span, "no `[` before it", "quote it if it is text")


def unclosed_parenthesis(span: Span) -> Diagnostic:
    return _error("unclosed-parenthesis", "a parenthesis is never closed", span, "opened here", "add the closing `)`")


def nested_too_deep(span: Span, limit: int) -> Diagnostic:
    return _error("nested-too-deep", f"the search is nested more than {limit} levels deep", span, "too deep here")


def too_long(span: Span, length: int, limit: int) -> Diagnostic:
    return _error("search-too-long", f"the search has {length:,} characters; the limit is {limit:,}", span, "")


def unexpected_token(span: Span, found: str, wanted: str) -> Diagnostic:
    message = f"`{_short(found)}` stands where {wanted} belongs"
    return _error("unexpected-token", message, span, f"expected {wanted}", _help_for(found))


def unexpected_end(span: Span, wanted: str) -> Diagnostic:
    return _error("unexpected-end", f"the command ends where {wanted} belongs", span, f"expected {wanted}")


def empty_search(span: Span) -> Diagnostic:
    return _error("empty-search", "the search is empty", span, "", "`search *` keeps everything")


def empty_command(span: Span) -> Diagnostic:
    return _error("empty-command", "a pipe has no command", span, "no command after it", "remove the pipe")


def unknown_command(span: Span, name: str, known: Iterable[str], in_subsearch: bool = False) -> Diagnostic:
    help = did_you_mean(name.lower(), known)
    if in_subsearch and not help:
        help = f"a subsearch begins with a command: `[ search {_short(name)} ...`"
    return _error("unknown-command", f"no command named `{_short(name)}`", span, "not a command of SPL", help)


# --- expressions --------------------------------------------------------------------------------


def missing_value(span: Span, name: str) -> Diagnostic:
    return _error("missing-value", f"`{_short(name)}` is compared with nothing", span, "no value", 'empty text is `""`')


def empty_list(span: Span) -> Diagnostic:
    return _error("empty-list", "`IN` has an empty list", span, "no values")


def grouped_values(span: Span, field: str) -> Diagnostic:
    message = f"`{_short(field)}` is compared with a group"
    return _error("grouped-values", message, span, "not a value", f"write `{_short(field)} IN (a, b)`")


def subsearch_as_value(span: Span) -> Diagnostic:
    return _unsupported("unsupported-subsearch", "a subsearch as a value does not run yet", span, "not supported")


def subsearch_in_expression(span: Span) -> Diagnostic:
    return _unsupported("unsupported-subsearch", "a subsearch in an expression does not run yet", span, "not supported")


def unsupported_directive(span: Span, name: str) -> Diagnostic:
    return _unsupported("unsupported-directive", f"`{name}()` does not run yet", span, "not supported")


def malformed_number(span: Span, text: str) -> Diagnostic:
    help = "a field name that begins with a digit needs single quotes"
    return _error("malformed-number", f"`{_short(text)}` is not a number", span, "not a number", help)


def chained_comparison(span: Span) -> Diagnostic:
    help = "join two comparisons with AND"
    return _error("chained-comparison", "the result of a comparison is compared", span, "second comparison", help)


def unquoted_dotted_field(span: Span, written: str) -> Diagnostic:
    return _warning(
        "unquoted-dotted-field",
        f"`{_short(written)}` joins the values of {written.count('.') + 1} fields",
        span,
        "a dot joins texts here",
        f"a field name with dots needs single quotes: `'{_short(written)}'`; a text, double quotes",
    )


def lowercase_operator(span: Span, word: str) -> Diagnostic:
    upper = word.upper()
    help = "this command knows AND, OR and NOT" if upper == "XOR" else f"the operator is `{upper}`"
    return _warning("lowercase-operator", f"`{word}` is a word to look for", span, "not an operator", help)


def lowercase_in(span: Span, word: str) -> Diagnostic:
    return _warning(
        "lowercase-operator", f"`{word}` is read as the operator `IN`", span, "in lower case", "write it in upper case"
    )


def double_equals(span: Span) -> Diagnostic:
    help = "`=` compares in `search`; `==` belongs to `where` and `eval`"
    return _warning("double-equals", "`==` is read as `=`", span, "not a sign of `search`", help)


def comma_in_value(span: Span, text: str) -> Diagnostic:
    help = "terms stand between blanks; a list is `field IN (a, b)`"
    return _warning("comma-in-value", f"the value `{_short(text)}` ends with a comma", span, "part of the value", help)


def function_in_search(span: Span, name: str) -> Diagnostic:
    message = f"`search` computes no function: `{_short(name)}(`"
    help = "`where` computes functions; text with parentheses needs quotes"
    return _error("function-in-search", message, span, "read as text", help)


def single_quotes(span: Span, text: str) -> Diagnostic:
    message = f"the single quotes of `{_short(text)}` are read as part of it"
    return _warning("single-quotes", message, span, "not quoted", "names and values stand in double quotes here")


def desc_as_field(span: Span, word: str) -> Diagnostic:
    help = f"put the field before it: `sort field {word}`; quotes say that a field is meant"
    return _warning("desc-as-field", f"`{word}` is the field to sort by", span, "turns nothing round", help)


def glued_terms(span: Span) -> Diagnostic:
    help = "put a blank before it, or put it inside the quotes"
    return _warning("glued-terms", "a text that touches a quote is a term of its own", span, "new term", help)


def command_in_search(span: Span, name: str) -> Diagnostic:
    return _warning(
        "command-in-search",
        f"`{name}` is a word to look for",
        span,
        "not a command: no pipe before it",
        "a macro that holds a command needs a pipe before its call",
    )


def missing_pipe(span: Span, name: str) -> Diagnostic:
    help = f"a search that begins with a command begins with a pipe: `| {name}`"
    return _warning("missing-pipe", f"`{name}` is a word to look for", span, "not a command", help)


# --- commands -----------------------------------------------------------------------------------


def wildcard_mismatch(span: Span, old: str, new: str) -> Diagnostic:
    message = f"`{_short(old)}` and `{_short(new)}` have different numbers of `*`"
    return _error("wildcard-mismatch", message, span, "as many `*` as on the other side")


def missing_argument(span: Span, command: str, wanted: str) -> Diagnostic:
    return _error("missing-argument", f"`{command}` requires {wanted}", span, f"expected {wanted}")


def bad_option(span: Span, option: str, wanted: str) -> Diagnostic:
    return _error("bad-option", f"`{option}` requires {wanted}", span, f"expected {wanted}")


def unknown_option(span: Span, command: str, option: str, known: Iterable[str]) -> Diagnostic:
    message = f"`{command}` has no option `{_short(option)}`"
    return _error("unknown-option", message, span, "not an option", did_you_mean(option.lower(), known))


def unsupported_option(span: Span, command: str, option: str) -> Diagnostic:
    message = f"the option `{option}` of `{command}` does not run yet"
    return _unsupported("unsupported-option", message, span, "not supported")


def unknown_aggregation(span: Span, name: str, known: Iterable[str]) -> Diagnostic:
    message = f"no aggregation named `{_short(name)}`"
    return _error("unknown-aggregation", message, span, "not an aggregation", did_you_mean(name.lower(), known))


def unsupported_aggregation(span: Span, name: str) -> Diagnostic:
    message = f"the aggregation `{name}` does not run yet"
    return _unsupported("unsupported-aggregation", message, span, "not supported")


def aggregation_without_field(span: Span, name: str) -> Diagnostic:
    message = f"the aggregation `{name}` of every field does not run yet"
    return _unsupported("unsupported-aggregation", message, span, "no field", f"name the field: `{name}(field)`")


def unknown_conversion(span: Span, name: str, known: Iterable[str]) -> Diagnostic:
    message = f"no conversion named `{_short(name)}`"
    return _error("unknown-conversion", message, span, "not a conversion", did_you_mean(name.lower(), known))


def partly_computed_name(span: Span, name: str) -> Diagnostic:
    message = f"a name that is computed in part, `{_short(name)}`, does not run yet"
    return _unsupported("unsupported-target", message, span, "not supported")


# --- macros -------------------------------------------------------------------------------------


def unclosed_macro(span: Span) -> Diagnostic:
    return _error("unclosed-macro", "a macro call is never closed", span, "opened here", "add the closing backtick")


def unexpanded_macro(span: Span) -> Diagnostic:
    return _error("unexpanded-macro", "a backtick outside quotes is no part of a search", span, "no macro call")


def macro_in_quotes(span: Span) -> Diagnostic:
    message = "a macro call in quotes is text"
    return _warning("macro-in-quotes", message, span, "not put in", "end the quotes before the call")


def unclosed_comment(span: Span) -> Diagnostic:
    return _error("unclosed-comment", "a comment is never closed", span, "opened here", "add the closing ```")


def malformed_macro_call(span: Span, text: str) -> Diagnostic:
    return _error("malformed-macro-call", f"`{_short(text)}` is not a macro call", span, "expected `name` or `name(a)`")


def unknown_macro(span: Span, name: str, known: Iterable[str]) -> Diagnostic:
    return _error("unknown-macro", f"no macro named `{_short(name)}`", span, "not defined", did_you_mean(name, known))


def macro_arguments(span: Span, name: str, given: int, defined: Iterable[int]) -> Diagnostic:
    counts = " or ".join(str(count) for count in sorted(defined))
    message = f"the macro `{name}` is called with {_count(given, 'argument')}"
    return _error("macro-arguments", message, span, f"{given} given", f"`{name}` is defined with {counts}")


def macro_cycle(span: Span, names: Iterable[str]) -> Diagnostic:
    chain = " > ".join(f"`{name}`" for name in names)
    return _error("macro-cycle", "a macro calls itself", span, "never ends", f"the calls are {chain}")


def macro_too_large(span: Span, limit: str) -> Diagnostic:
    return _error("macro-too-large", f"macros expand to more than {limit}", span, "too large")


def _help_for(found: str) -> str:
    word = found.upper() if found.upper() in _HELP_FOR_TOKENS else found[:1]
    return _HELP_FOR_TOKENS.get(word, "")


# --- shapes -------------------------------------------------------------------------------------


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The help line for a name that nearly is a known one; "" if none is near."""
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.7)
    return f"did you mean `{near[0]}`?" if near else ""


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _short(text: str, limit: int = 40) -> str:
    one_line = " ".join(text.split()) or text
    return one_line if len(one_line) <= limit else one_line[: limit - 1] + "…"


def _error(name: str, message: str, span: Span, label: str, help: str = "") -> Diagnostic:
    return Diagnostic(name, Severity.error, message, span, label, help)


def _unsupported(name: str, message: str, span: Span, label: str, help: str = "") -> Diagnostic:
    return Diagnostic(name, Severity.unsupported, message, span, label, help)


def _warning(name: str, message: str, span: Span, label: str, help: str = "") -> Diagnostic:
    return Diagnostic(name, Severity.warning, message, span, label, help)
