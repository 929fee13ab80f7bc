"""ATT&CK for Enterprise as a small table: technique ids, names, tactics. Read when first asked for.

The table is `library/attack.json`, made from MITRE's public ids and names (see NOTICE).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from msgspec import Struct


class Technique(Struct, frozen=True):
    """An ATT&CK technique with its name and tactics, in the order of the matrix.

    `technique` is "" and `tactics` is empty for an id that the table does not know.
    """

    technique_id: str
    technique: str
    tactics: tuple[str, ...]


class Tactic(Struct, frozen=True):
    """`short` is the name as machines write it: `command-and-control`."""

    tactic_id: str
    short: str
    name: str


class Table(Struct, frozen=True):
    """All techniques by id, all tactics by name, in the order of the matrix."""

    version: str
    techniques: dict[str, Technique]
    tactics: dict[str, Tactic]


@cache
def table() -> Table:
    """The shipped table."""
    raw = json.loads((files("tocsin") / "library" / "attack.json").read_text(encoding="utf-8"))
    tactics = [Tactic(*entry) for entry in raw["tactics"]]
    names = {each.tactic_id: each.name for each in tactics}
    techniques = {
        key: Technique(key, name, tuple(names[tactic] for tactic in of))
        for key, (name, of) in raw["techniques"].items()
    }
    return Table(raw["version"], techniques, {each.name: each for each in tactics})


def technique(technique_id: str) -> Technique | None:
    """The technique or sub-technique with this id; None if the table does not know it.

    >>> technique("T1204.003")
    Technique(technique_id='T1204.003', technique='Malicious Image', tactics=('Execution',))
    """
    return table().techniques.get(technique_id.strip().upper())


def techniques(ids: Iterable[str]) -> tuple[Technique, ...]:
    """A technique for each id, in order; an unknown id keeps its place, without name and tactics."""
    return tuple(technique(each) or Technique(each, "", ()) for each in ids)


def tactics_of(found: Iterable[Technique]) -> tuple[Tactic, ...]:
    """The tactics of some techniques, each once, in the order of the matrix."""
    named = {name for each in found for name in each.tactics}
    return tuple(tactic for name, tactic in table().tactics.items() if name in named)
