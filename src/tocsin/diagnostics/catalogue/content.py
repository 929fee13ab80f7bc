"""Problems found in the files of a library: unreadable files, YAML, detections, macros, lookups, stories."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from tocsin.diagnostics.diagnostic import Diagnostic, Severity
from tocsin.source import Span


def unreadable_file(where: str, reason: str) -> Diagnostic:
    return Diagnostic("unreadable-file", Severity.error, f"the file cannot be read: {reason}", where=where)


def too_large(where: str, limit: int) -> Diagnostic:
    message = f"the file is larger than {limit // (1 << 20)} MiB"
    return Diagnostic("file-too-large", Severity.error, message, where=where, help="content files are short texts")


def not_utf8(where: str, line: int) -> Diagnostic:
    message = f"line {line} is not valid UTF-8"
    return Diagnostic("not-utf-8", Severity.error, message, where=where, help="save the file as UTF-8")


def control_character(char: str, span: Span) -> Diagnostic:
    return _error("control-character", f"a control character (U+{ord(char):04X}) stands in the text", span, "here")


def invalid_yaml(problem: str, span: Span, help: str = "") -> Diagnostic:
    return _error("invalid-yaml", f"this is not valid YAML: {problem}", span, "here", help)


def yaml_tag(tag: str, span: Span) -> Diagnostic:
    return _error(
        "yaml-tag", f"the YAML tag `{_short(tag)}` is not allowed", span, "no tags but YAML's own", "remove the tag"
    )


def yaml_too_deep(limit: int, span: Span) -> Diagnostic:
    return _error("yaml-too-deep", f"values are nested more than {limit} deep", span, "too deep")


def yaml_too_many(limit: int, span: Span) -> Diagnostic:
    message = f"the file holds more than {limit} values, aliases counted in full"
    return _error("yaml-too-many-values", message, span, "one too many")


def yaml_alias(name: str, why: str, span: Span) -> Diagnostic:
    return _error("yaml-alias", f"the alias `*{_short(name)}` {why}", span, "refers to nothing usable")


def yaml_merge(span: Span) -> Diagnostic:
    message = "the merge key `<<` is not supported"
    return Diagnostic("yaml-merge", Severity.unsupported, message, span, "merges another mapping", "write the keys out")


def yaml_key(span: Span) -> Diagnostic:
    return _error("yaml-key", "a list or mapping stands where a key must be", span, "not a text")


def yaml_documents(span: Span) -> Diagnostic:
    return _error("yaml-documents", "the file holds several YAML documents", span, "the second one", "one file each")


def duplicate_key(key: str, first: int, again: int, span: Span) -> Diagnostic:
    message = f"the key `{_short(key)}` is given twice, on line {first} and on line {again}"
    return _error("duplicate-key", message, span, "given again", "keep one of the two")


def empty_file(where: str) -> Diagnostic:
    return Diagnostic("empty-file", Severity.error, "the file is empty", where=where)


def not_a_mapping(span: Span) -> Diagnostic:
    return _error("not-a-mapping", "the file does not hold keys and values", span, "a mapping is expected")


def not_content(where: str, why: str) -> Diagnostic:
    message = f"the file is passed over: {why}"
    help = "a detection has the keys `name`, `id`, `type` and `search`; a macro `name` and `definition`"
    return Diagnostic("not-content", Severity.warning, message, where=where, help=help)


def no_content(where: str) -> Diagnostic:
    message = "nothing here belongs to a library"
    help = "detections, macros and stories are .yml files, lookups .csv files in a folder `lookups`; or a macros.conf"
    return Diagnostic("no-content", Severity.warning, message, where=where, help=help)


def missing_key(path: str, span: Span) -> Diagnostic:
    return _error("missing-key", f"`{path}` is missing", span, "in this mapping", f"add `{path.rpartition('.')[2]}`")


def empty_key(path: str, span: Span) -> Diagnostic:
    return _error("empty-key", f"`{path}` is empty", span, "nothing stands here", "say what it is")


def missing_facts(paths: Sequence[str], span: Span) -> Diagnostic:
    named = ", ".join(f"`{path}`" for path in paths)
    missing, them = ("is missing", "it") if len(paths) == 1 else ("are missing", "them")
    return _warning("missing-fact", f"{named} {missing}", span, "in this mapping", f"contentctl requires {them}")


def unknown_key(path: str, known: Iterable[str], span: Span) -> Diagnostic:
    key = path.rpartition(".")[2]
    return _warning(
        "unknown-key", f"`{_short(path)}` is not a key of this kind of file", span, "ignored", suggest(key, known)
    )


def wrong_kind(path: str, wanted: str, span: Span) -> Diagnostic:
    return _error("wrong-kind", f"`{path}` must be {wanted}", span, f"not {wanted}")


def wrong_value(path: str, wanted: str, span: Span, given: str = "", known: Iterable[str] = ()) -> Diagnostic:
    return _error("wrong-value", f"`{path}` must be {wanted}", span, _not(wanted), suggest(given, known))


def odd_value(path: str, wanted: str, span: Span, given: str = "", known: Iterable[str] = ()) -> Diagnostic:
    return _warning("odd-value", f"`{path}` should be {wanted}", span, _not(wanted), suggest(given, known))


def old_type(word: str, read_as: str, known: Sequence[str], span: Span) -> Diagnostic:
    message = f"the type `{word}` is of 2021 and before, and tells nothing about risk: it is read as `{read_as}`"
    return _warning("old-type", message, span, f"read as `{read_as}`", f"say {one_of(known)}")


def missing_score(span: Span) -> Diagnostic:
    message = "there is no risk score: neither `confidence` and `impact` nor `risk_score`"
    return _warning("missing-score", message, span, "scores 0", "add `confidence` and `impact`, 0 to 100")


def unknown_technique(technique: str, version: str, span: Span) -> Diagnostic:
    message = f"`{technique}` is not in ATT&CK {version}, the version that ships"
    return _warning("unknown-technique", message, span, "has no name and no tactic here")


def duplicate_detection(what: str, value: str, first: str, span: Span) -> Diagnostic:
    message = f"the {what} `{value}` belongs to another detection already: {first}"
    return _error("duplicate-detection", message, span, "used before")


def duplicate_macro(key: str, first: Span, span: Span) -> Diagnostic:
    line, _ = first.source.line_column(first.start)
    message = f"the macro `{key}` is defined in {first.source.name}, line {line}, too"
    return _warning("duplicate-macro", message, span, "this definition wins", "keep one of the two")


def macro_setting(setting: str, why: str, span: Span) -> Diagnostic:
    return _warning("macro-setting", f"the setting `{setting}` of a macro is ignored: {why}", span, "ignored")


def macro_eval(span: Span) -> Diagnostic:
    message = "a macro whose definition is an eval expression is not supported"
    return Diagnostic("macro-eval", Severity.unsupported, message, span, "`iseval` is on", "write the result as text")


def macro_name(name: str, span: Span) -> Diagnostic:
    help = "letters, digits, `_`, `-` and `.`; in macros.conf with the number of arguments behind it, `name(2)`"
    return _error("macro-name", f"`{name}` cannot be the name of a macro", span, "not a macro's name", help)


def macro_arguments(key: str, count: int, span: Span) -> Diagnostic:
    message = f"the macro `{key}` names {count} argument{'' if count == 1 else 's'}"
    return _error("macro-argument-names", message, span, "another number of arguments", "name and arguments must agree")


def conf_line(span: Span) -> Diagnostic:
    help = "a line is `[name]`, `key = value`, a comment that begins with `#`, or empty"
    return _error("conf-line", "this line is neither a stanza nor a setting", span, "no `=` and no `[...]`", help)


def conf_no_stanza(span: Span) -> Diagnostic:
    return _error("conf-no-stanza", "a setting stands before the first stanza", span, "belongs to no macro")


def lookup_path(filename: str, why: str, span: Span) -> Diagnostic:
    message = f"the lookup's file `{filename}` {why}"
    return _error("lookup-path", message, span, "not used", "a lookup's file lies in the folder of its definition")


def lookup_missing(filename: str, span: Span) -> Diagnostic:
    return _warning("lookup-missing", f"the lookup's file `{filename}` does not exist", span, "not found")


def lookup_kind(filename: str, span: Span) -> Diagnostic:
    message = f"the lookup's file `{filename}` is not a CSV file"
    return Diagnostic("lookup-kind", Severity.unsupported, message, span, "only CSV is read")


def lookup_csv(where: str, problem: str) -> Diagnostic:
    return Diagnostic("lookup-csv", Severity.error, f"the lookup cannot be read: {problem}", where=where)


def lookup_ragged(where: str, rows: int, first: int) -> Diagnostic:
    have = "1 row has" if rows == 1 else f"{rows} rows have"
    message = f"{have} more or fewer values than the header, the first is row {first}"
    help = "missing values are empty; values without a column are dropped"
    return Diagnostic("lookup-ragged", Severity.warning, message, where=where, help=help)


def suggest(name: str, known: Iterable[str]) -> str:
    """The help that names what was probably meant; "" if nothing comes close."""
    words = {word.casefold(): word for word in known}
    close = [words[each] for each in get_close_matches(name.casefold(), words, n=1)]
    return f"did you mean `{close[0]}`?" if close else ""


def one_of(words: Sequence[str]) -> str:
    return "one of " + ", ".join(f"`{word}`" for word in words)


def _not(wanted: str) -> str:
    return "none of these" if wanted.startswith("one of ") else f"not {wanted}"


def _short(text: str) -> str:
    """Names that come from a file can be of any length."""
    return text if len(text) <= 80 else text[:77] + "..."


def _error(name: str, message: str, span: Span, label: str, help: str = "") -> Diagnostic:
    return Diagnostic(name, Severity.error, message, span, label, help)


def _warning(name: str, message: str, span: Span, label: str, help: str = "") -> Diagnostic:
    return Diagnostic(name, Severity.warning, message, span, label, help)
