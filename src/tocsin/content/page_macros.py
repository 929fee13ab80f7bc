"""The macros behind a detection's search, with their definitions and where they come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tocsin.content.detection import Detection
from tocsin.content.library import Library
from tocsin.content.macro_table import EMPTY_FILTER
from tocsin.content.page_section import Block, Grid, Prose
from tocsin.spl.macros import Macro, calls

_ADVICE = (
    "Any of them can be overridden without touching the library: `--content DIR`, with a file in DIR/macros or with "
    "a macros.conf in Splunk's form."
)


def macro_blocks(detection: Detection, library: Library) -> tuple[Block, ...]:
    """A row for each macro that the search calls, itself or through another, in the order of the calls."""
    table = library.macro_table
    rows = tuple(_row(key, table.get(key), library) for key in _called(detection, table))
    if not rows:
        return ()
    notes = [Prose(_ADVICE), *(Prose(_empty_filter(name)) for name in _filters(detection, table))]
    return (Grid(("Macro", "Definition", "From"), rows), *notes)


def _called(detection: Detection, table: Mapping[str, Macro]) -> tuple[str, ...]:
    """Keys of the macros called. A macro that calls itself is listed once."""
    found: dict[str, None] = {}
    waiting = [detection.search]
    while waiting:
        for call in calls(waiting.pop()):
            if call.key not in found:
                found[call.key] = None
                waiting.extend([table[call.key].definition] if call.key in table else [])
    return tuple(found)


def _row(key: str, macro: Macro | None, library: Library) -> tuple[str, str, str]:
    if macro is None:
        return key, "", "not defined"
    name = f"{macro.name}({', '.join(macro.arguments)})" if macro.arguments else macro.name
    return name, macro.definition.text, _origin(macro, library)


def _origin(macro: Macro, library: Library) -> str:
    if macro.implicit:
        return "default, keeps every row"
    own = "shipped" if library.is_shipped_path(macro.path) else macro.path
    return f"{own}, overrides {_place(macro.overrides, library)}" if macro.overrides else own


def _place(path: str, library: Library) -> str:
    return "the shipped one" if library.is_shipped_path(path) else path


def _filters(detection: Detection, table: Mapping[str, Macro]) -> Iterator[str]:
    for key in _called(detection, table):
        if key in table and table[key].implicit:
            yield key


def _empty_filter(name: str) -> str:
    return f"`{name}` is empty by default (`{EMPTY_FILTER}`): define it to leave out what is known and harmless."
