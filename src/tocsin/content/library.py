"""A library: detections, macros, lookups and stories from folders, the later winning over the earlier.

The shipped library lies lowest. A macro, lookup or story of a later folder replaces the earlier one of its name,
a detection the earlier one of its id or name, even if it is in error itself. Problems are collected, none hides
another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from tocsin.content.detection import Detection
from tocsin.content.find import find
from tocsin.content.layer import Broken, Layer, read_layer
from tocsin.content.lookup import LookupTable
from tocsin.content.macro_table import MacroTable
from tocsin.content.story import Story
from tocsin.diagnostics import Diagnostic
from tocsin.spl.macros import Macro

SHIPPED = Path(__file__).parents[1] / "library"


class Library(Struct, frozen=True, dict=True):
    """All content of a run. Defined macros are keyed as Splunk does, `name` or `name(2)`; stories by name.

    A lookup is keyed by its name; its CSV file's name works too. `diagnostics` are all problems, and `of_lookups` those
    of lookups by the same keys. `broken` are files that hold a detection which cannot be used.
    """

    detections: tuple[Detection, ...] = ()
    macros: Mapping[str, Macro] = field(default_factory=dict)
    lookups: Mapping[str, LookupTable] = field(default_factory=dict)
    stories: Mapping[str, Story] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    shipped: frozenset[str] = frozenset()
    broken: tuple[Broken, ...] = ()
    of_lookups: Mapping[str, tuple[Diagnostic, ...]] = field(default_factory=dict)

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """Those that concern whoever uses the library; those of a lookup concern the searches that name it."""
        others = {id(each) for problems in self.of_lookups.values() for each in problems}
        return tuple(each for each in self.diagnostics if id(each) not in others)

    def lookup_problems(self, name: str) -> tuple[Diagnostic, ...]:
        """What is wrong with the lookup that a search calls by this name, with or without `.csv`."""
        return self.of_lookups.get(name) or self.of_lookups.get(name.removesuffix(".csv"), ())

    def find(self, text: str) -> Detection:
        """The detection with this name (in any case), id, saved search's name, file, or file's stem.

        Raises UsageError for none, naming what was probably meant, and for one that cannot be used.
        """
        return find(self.detections, text, self.broken)

    def is_shipped(self, detection: Detection) -> bool:
        """Whether it comes with Tocsin and no folder replaced it."""
        return self.is_shipped_path(detection.path)

    def is_shipped_path(self, path: str) -> bool:
        """Whether a file belongs to the shipped library."""
        return path in self.shipped

    @cached_property
    def macro_table(self) -> Mapping[str, Macro]:
        """The macros for any search: those defined, and each detection's filter macro where nobody defined it."""
        return MacroTable(self.macros, self.detections)


def load_library(directories: Sequence[Path], *, shipped: bool = True) -> Library:
    """Read folders (or single files), lowest first, over the shipped library.

    Raises UsageError for a path that does not exist. A file that cannot be used is in the diagnostics.
    """
    own = read_layer(SHIPPED) if shipped else Layer()
    layers = [own, *(read_layer(path) for path in directories)]
    return Library(
        detections=_detections(layers),
        macros=_macros(layers),
        lookups={name: lookup for layer in layers for name, lookup in layer.lookups.items()},
        stories={story.name: story for layer in layers for story in layer.stories},
        diagnostics=tuple(problem for layer in layers for problem in layer.problems),
        broken=tuple(each for layer in layers for each in layer.broken),
        of_lookups=_of_lookups(layers),
        shipped=frozenset((*(each.path for each in own.detections), *(each.path for each in own.macros))),
    )


def _detections(layers: Iterable[Layer]) -> tuple[Detection, ...]:
    found: list[Detection] = []
    for layer in layers:
        held: tuple[Detection | Broken, ...] = (*layer.detections, *layer.broken)
        ids, names = {each.id for each in held}, {each.name for each in held}
        found = [each for each in found if each.id not in ids and each.name not in names]
        found.extend(layer.detections)
    return tuple(found)


def _macros(layers: Iterable[Layer]) -> dict[str, Macro]:
    table: dict[str, Macro] = {}
    for macro in (macro for layer in layers for macro in layer.macros):
        earlier = table.get(macro.key)
        table[macro.key] = replace(macro, overrides=earlier.path) if earlier else macro
    return table


def _of_lookups(layers: Iterable[Layer]) -> dict[str, tuple[Diagnostic, ...]]:
    """A lookup of a later layer that can be read makes up for the earlier one."""
    found: dict[str, tuple[Diagnostic, ...]] = {}
    for layer in layers:
        found = {name: each for name, each in found.items() if name not in layer.lookups} | layer.of_lookups
    return found
