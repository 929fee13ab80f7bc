"""Finds a detection by what a person types: its name, its id, its file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path, PurePath

from tocsin.content.detection import Detection
from tocsin.content.layer import Broken
from tocsin.diagnostics import UsageError

_SUGGESTED = 3
_QUOTED = 80  # characters of what was typed: somebody may give a whole search


def find(detections: Sequence[Detection], text: str, broken: Sequence[Broken] = ()) -> Detection:
    """The detection meant. Raises UsageError for none, for several of the same file name, or for a broken one."""
    wanted = text.strip()
    by_name = [each for each in detections if wanted.casefold() in _names(each)]
    found = by_name or [each for each in detections if _is_file(each, wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"`{text}` can be any of {_listed(each.path for each in found)}")
    unusable = [each.path for each in broken if _is_broken(each, wanted)]
    if unusable:
        raise UsageError(f"the detection `{text}` is in error: {_listed(unusable)}")
    raise UsageError(_unknown(detections, wanted))


def is_file(text: str) -> bool:
    """Whether a text names a file. No text is an error: what is longer than a name may be names none."""
    return os.path.isfile(text)  # noqa: PTH113 - `Path.is_file` raises then


def _unknown(detections: Sequence[Detection], wanted: str) -> str:
    shown = wanted if len(wanted) <= _QUOTED else f"{wanted[:_QUOTED]}\u2026"
    if is_file(wanted):
        return f"the file {wanted} is no part of the library, or holds no detection that can be read"
    path = PurePath(wanted)
    if path.suffix.lower() in (".yml", ".yaml"):
        return f"there is no file {shown}, neither here nor in the library{_meant(detections, path.stem)}"
    return f"there is no detection `{shown}`{_meant(detections, wanted)}"


def _is_broken(broken: Broken, wanted: str) -> bool:
    names = {broken.name.casefold(), broken.id} - {""}
    return wanted.casefold() in names or _is_file(broken, wanted)


def _names(detection: Detection) -> tuple[str, ...]:
    return (detection.name.casefold(), detection.id.casefold(), detection.search_name.casefold())


def _is_file(held: Detection | Broken, wanted: str) -> bool:
    """The stem, the file's name, the last parts of its path, or another way to the same file."""
    path, given = PurePath(held.path), PurePath(wanted)
    if wanted.casefold() == path.stem.casefold():
        return True
    if given.parts and path.parts[-len(given.parts) :] == given.parts:
        return True
    return given.name == path.name and is_file(wanted) and Path(wanted).samefile(held.path)


def _meant(detections: Sequence[Detection], wanted: str) -> str:
    words = {_plain(word): each.name for each in detections for word in (each.name, PurePath(each.path).stem)}
    close = get_close_matches(_plain(wanted), words, n=_SUGGESTED, cutoff=0.5)
    close = close or [word for word in words if _plain(wanted) and _plain(wanted) in word][:_SUGGESTED]
    names = dict.fromkeys(words[word] for word in close)
    return f"; did you mean {_listed(names)}?" if names else "; `tocsin check` lists those that there are"


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)
