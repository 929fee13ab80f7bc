"""Reads lookups: the definition from YAML, the table from the CSV file beside it.

Newer definitions name no file: it has the definition's name. A bare CSV file is a lookup with default options.
"""

from __future__ import annotations

import re
from pathlib import Path

from tocsin.content.csv_table import read_table
from tocsin.content.facts import Facts
from tocsin.content.lookup import LookupOptions, LookupTable
from tocsin.content.yaml_value import Entries
from tocsin.diagnostics import Diagnostic, Severity, worst
from tocsin.diagnostics.catalogue import content as catalogue

_KEYS = (
    "name", "id", "version", "date", "creation_date", "modification_date", "author", "status", "description",
    "lookup_type", "filename", "collection", "fields", "fields_list", "match_type", "case_sensitive_match",
    "default_match", "min_matches", "max_matches",
)  # fmt: skip
_MATCH = re.compile(r"(WILDCARD|CIDR|EXACT)\(\s*([^()]+?)\s*\)")
_MOST_MATCHES = 1000

Rows = tuple[tuple[str, ...], ...]


def read_lookup(entries: Entries, path: Path) -> tuple[LookupTable | None, tuple[Diagnostic, ...]]:
    """The lookup, and what is wrong with its definition or its file."""
    problems: list[Diagnostic] = []
    facts = Facts(entries, problems)
    facts.only(_KEYS)
    facts.require("name")
    name, options, description = facts.text("name"), _options(facts), facts.text("description")
    columns: tuple[str, ...] = ()
    rows: Rows = ()
    collection = facts.has("collection") or facts.text("lookup_type") == "kvstore"
    if collection:
        columns = _columns(facts)
    elif worst(problems) is not Severity.error:
        columns, rows = _rows(facts, path)
    if worst(problems) in (Severity.error, Severity.unsupported):
        return None, tuple(problems)
    kind = "collection" if collection else "csv"
    return LookupTable(name, columns, rows, options, kind, str(path), description), tuple(problems)


def read_bare(path: Path) -> tuple[LookupTable | None, tuple[Diagnostic, ...]]:
    """A CSV file that no definition names: found in a search by its file's name."""
    columns, rows, problems = read_table(path)
    if worst(problems) is Severity.error:
        return None, problems
    return LookupTable(path.name, columns, rows, path=str(path)), problems


def table_file(entries: Entries, path: Path) -> Path | None:
    """The file that a definition names, without a look at whether it may be read; None for a collection."""
    facts = Facts(entries, [])
    if facts.has("collection") or facts.text("lookup_type") == "kvstore":
        return None
    return path.parent / (facts.text("filename") or f"{path.stem}.csv")


def _rows(facts: Facts, path: Path) -> tuple[tuple[str, ...], Rows]:
    """The table of the file named; empty if it may not or cannot be read."""
    filename = facts.text("filename") or f"{path.stem}.csv"
    span = facts.span("filename") if facts.has("filename") else facts.span("name")
    wrong = _refusal(filename, path.parent)
    if wrong:
        facts.problems.append(catalogue.lookup_path(filename, wrong, span))
    elif not filename.lower().endswith(".csv"):
        facts.problems.append(catalogue.lookup_kind(filename, span))
    elif not (path.parent / filename).exists():
        facts.problems.append(catalogue.lookup_missing(filename, span))
    else:
        columns, rows, problems = read_table(path.parent / filename)
        facts.problems.extend(problems)
        return columns, rows
    return (), ()


def _refusal(filename: str, folder: Path) -> str:
    """Why a file may not be read: it must lie in the definition's own folder, symbolic links followed."""
    if Path(filename).name != filename:
        return "is a path, not a name"
    try:
        (folder / filename).exists()  # some names no file can have
        inside = (folder / filename).resolve().parent == folder.resolve()
    except (OSError, RuntimeError, ValueError):
        return "cannot be resolved"
    return "" if inside else "leads out of its folder"


def _columns(facts: Facts) -> tuple[str, ...]:
    names = [name.strip() for text in (*facts.texts("fields_list"), *facts.texts("fields")) for name in text.split(",")]
    return tuple(dict.fromkeys(name for name in names if name and name != "_key"))


def _options(facts: Facts) -> LookupOptions:
    default = LookupOptions()
    sensitive = facts.flag("case_sensitive_match")
    least, most = facts.number("min_matches", 0, _MOST_MATCHES), facts.number("max_matches", 1, _MOST_MATCHES)
    return LookupOptions(
        match_types=_match_types(facts),
        case_sensitive_match=default.case_sensitive_match if sensitive is None else sensitive,
        default_match=facts.text("default_match"),
        min_matches=default.min_matches if least is None else least,
        max_matches=default.max_matches if most is None else most,
    )


def _match_types(facts: Facts) -> tuple[tuple[str, str], ...]:
    """`WILDCARD(column)` and `CIDR(column)`, in one text or in a list."""
    found: list[tuple[str, str]] = []
    for each in facts.scalars("match_type"):
        matches = _MATCH.findall(each.text)
        if _MATCH.sub("", each.text).strip(", \n\t"):
            wanted = "`WILDCARD(column)` or `CIDR(column)`, separated by commas"
            facts.problems.append(catalogue.wrong_value(facts.of("match_type"), wanted, each.span))
        found.extend((column.strip('"'), kind) for kind, column in matches if kind != "EXACT")
    return tuple(found)
