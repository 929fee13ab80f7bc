"""Reads one layer of a library: the files of one folder, or one file. Broken files are named, the rest goes on."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from tocsin.content.detection import Detection
from tocsin.content.detection_file import TYPES, read_detection
from tocsin.content.folder import content_files
from tocsin.content.lookup import LookupOptions, LookupTable
from tocsin.content.lookup_file import read_bare, read_lookup, table_file
from tocsin.content.macro_conf import read_macros
from tocsin.content.macro_yaml import read_macro
from tocsin.content.story import Story, read_story
from tocsin.content.text_file import read_source
from tocsin.content.yaml_document import read_document
from tocsin.content.yaml_value import Entries, Scalar
from tocsin.diagnostics import ContentError, Diagnostic
from tocsin.diagnostics.catalogue import content as catalogue
from tocsin.source import Source, Span
from tocsin.spl.macros import Macro

_OTHER_SEARCHES = ("Baseline", "Investigation", "Response", "Embedded")
_LOOKUP_MARKS = ("filename", "collection", "lookup_type", "fields_list")
_SEARCH_KEY = re.compile(r"^[\"']?search[\"']?\s*:", re.MULTILINE)
_DETECTION_MARKS = ("tags", "rba", "finding", "intermediate_findings", "how_to_implement", "type", "id")


class Broken(Struct, frozen=True):
    """A file with a detection that cannot be used, and its name and id as far as they could be read."""

    path: str
    name: str = ""
    id: str = ""


class Layer(Struct):
    """What one folder holds. `problems` are those of all its files, in the order of the files.

    `broken` are files of detections that could not be used. `of_lookups` has the problems of lookups once more, by the
    names that a search may call them by.
    """

    detections: list[Detection] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    macros: list[Macro] = field(default_factory=list)
    lookups: dict[str, LookupTable] = field(default_factory=dict)
    stories: list[Story] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    of_lookups: dict[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    seen: dict[tuple[str, str], str] = field(default_factory=dict)
    defined: dict[str, Span] = field(default_factory=dict)
    tables: dict[Path, LookupTable | None] = field(default_factory=dict)


def read_layer(path: Path) -> Layer:
    """Read a folder or a file. Raises UsageError if it does not exist."""
    layer = Layer()
    files = content_files(path)
    for file in files:
        if file.suffix.lower() != ".csv":
            _read(layer, file)
    for file in files:
        if file.suffix.lower() == ".csv":
            _bare(layer, file)
    if not (layer.detections or layer.macros or layer.lookups or layer.stories or layer.problems):
        layer.problems.append(catalogue.no_content(str(path)))
    return layer


def _read(layer: Layer, path: Path) -> None:
    source = read_source(path)
    if isinstance(source, Diagnostic):
        layer.problems.append(source)
        layer.broken.extend([Broken(str(path))] if "detections" in path.parts else [])
    elif path.suffix == ".conf":
        macros, problems = read_macros(source)
        layer.problems.extend(problems)
        for macro in macros:
            _take(layer, macro, macro.definition.span(0, len(macro.definition.text)))
    else:
        _yaml(layer, source, path)


def _yaml(layer: Layer, source: Source, path: Path) -> None:
    try:
        entries = read_document(source)
    except ContentError as error:
        layer.problems.extend(error.diagnostics)
        layer.broken.extend([Broken(str(path))] if _SEARCH_KEY.search(source.text) else [])
        return
    reader = _reader(entries)
    if isinstance(reader, str):
        layer.problems.append(catalogue.not_content(str(path), reader))
    else:
        reader(layer, entries, path)


def _reader(entries: Entries) -> Callable[[Layer, Entries, Path], None] | str:
    """What reads the file, by its keys; or why it is none of ours."""
    keys = entries.keys
    kind = entries.values.get("type")
    if "search" in keys and isinstance(kind, Scalar) and kind.text in _OTHER_SEARCHES:
        return f"its type is `{kind.text}`, and only detections run"
    if "narrative" in keys and "search" not in keys:
        return _story
    if "search" in keys or (isinstance(kind, Scalar) and kind.text in TYPES):
        return _detection if any(key in keys for key in _DETECTION_MARKS) else "a search without `id` and `type`"
    if "definition" in keys:
        return _macro
    if any(key in keys for key in _LOOKUP_MARKS):
        return _lookup
    return "its keys are those of no detection, macro, lookup or story"


def _detection(layer: Layer, entries: Entries, path: Path) -> None:
    detection, problems = read_detection(entries, str(path))
    layer.problems.extend(problems)
    if detection is None:
        layer.broken.append(Broken(str(path), _text(entries, "name"), _text(entries, "id").lower()))
        return
    for what, value in (("id", detection.id), ("name", detection.name)):
        first = layer.seen.get((what, value))
        if first:
            span = _value_span(entries, what)
            layer.problems.append(catalogue.duplicate_detection(what, value, first, span))
            return
    layer.seen |= {("id", detection.id): str(path), ("name", detection.name): str(path)}
    layer.detections.append(detection)


def _macro(layer: Layer, entries: Entries, path: Path) -> None:
    macro, problems = read_macro(entries, str(path))
    layer.problems.extend(problems)
    if macro:
        _take(layer, macro, _value_span(entries, "name"))


def _take(layer: Layer, macro: Macro, span: Span) -> None:
    """The macro wins over one of its name in an earlier file; what is in an app's `local` is meant to."""
    first = layer.defined.get(macro.key)
    if first and not _is_local(span):
        layer.problems.append(catalogue.duplicate_macro(macro.key, first, span))
    layer.defined[macro.key] = span
    layer.macros.append(macro)


def _is_local(span: Span) -> bool:
    path = Path(span.source.name)
    return path.suffix == ".conf" and path.parent.name == "local"


def _story(layer: Layer, entries: Entries, path: Path) -> None:
    story, problems = read_story(entries)
    layer.problems.extend(problems)
    if story:
        layer.stories.append(story)


def _lookup(layer: Layer, entries: Entries, path: Path) -> None:
    lookup, problems = read_lookup(entries, path)
    table = table_file(entries, path)
    name = entries.values.get("name")
    _problems(layer, problems, name.text if isinstance(name, Scalar) else path.stem, table.name if table else "")
    if table:
        layer.tables[table] = lookup
    if lookup:
        layer.lookups[lookup.name] = lookup


def _bare(layer: Layer, path: Path) -> None:
    """A table is found by its file's name too, then with default options; without a definition also by its stem."""
    if path in layer.tables:
        defined = layer.tables[path]
        if defined:
            layer.lookups.setdefault(path.name, replace(defined, name=path.name, options=LookupOptions()))
        return
    lookup, problems = read_bare(path)
    _problems(layer, problems, path.name, path.stem)
    if lookup:
        layer.lookups.setdefault(path.name, lookup)
        layer.lookups.setdefault(path.stem, lookup)


def _text(entries: Entries, key: str) -> str:
    value = entries.values.get(key)
    return value.text.strip() if isinstance(value, Scalar) else ""


def _problems(layer: Layer, problems: tuple[Diagnostic, ...], *names: str) -> None:
    layer.problems.extend(problems)
    layer.of_lookups |= {name: (*layer.of_lookups.get(name, ()), *problems) for name in names if problems}


def _value_span(entries: Entries, key: str) -> Span:
    value = entries.values[key]
    return value.span if isinstance(value, Scalar) else entries.keys[key]
