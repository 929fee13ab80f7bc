"""The macros that a search may call: those that are defined, and an empty filter macro of each detection.

Splunk's build makes that of every detection whose filter nobody defines, for the whole app: any search may call it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import PurePath

from tocsin.content.detection import Detection
from tocsin.source import Composed, Source
from tocsin.spl.macros import Macro

EMPTY_FILTER = "search *"
_END = "_filter"


class MacroTable(Mapping[str, Macro]):
    """Keyed as Splunk does, `name` or `name(2)`. Names of filters are made when first one is asked for."""

    def __init__(self, defined: Mapping[str, Macro], detections: Sequence[Detection]) -> None:
        self._defined = defined
        self._detections = detections

    def __getitem__(self, key: str) -> Macro:
        macro = self._defined.get(key)
        if macro is not None:
            return macro
        if key.endswith(_END) and key in self._filters:
            return _empty_filter(key)
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        yield from self._defined
        yield from (name for name in self._filters if name not in self._defined)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @cached_property
    def _filters(self) -> dict[str, None]:
        """After the detection's file, as Splunk's build has it, and after its name, which should be the same."""
        names = ((f"{PurePath(each.path).stem}{_END}", each.filter_macro) for each in self._detections)
        return dict.fromkeys(name for pair in names for name in pair)


def _empty_filter(name: str) -> Macro:
    source = Source(f"<default of {name}>", EMPTY_FILTER)
    text = "keeps every row; define a macro of this name to leave out what is known and harmless"
    return Macro(name, (), Composed.whole(source), text, implicit=True)
