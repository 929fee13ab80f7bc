"""Folders in depth, and paths with wildcards: sorted, and safe from links that lead back."""

# A path object for each of many thousand entries would cost more than reading them.
# ruff: noqa: PTH112, PTH116, PTH118

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Callable, Iterator
from operator import attrgetter

Complain = Callable[[str, str], None]  # a path and a reason

_LEFTOVERS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".git", ".gitignore", ".gitkeep", ".gitattributes"})
_UNFINISHED = ".tocsin-", ".part"
_name = attrgetter("name")
_WILDCARD = re.compile(r"[*?\[]")


def unfinished(name: str) -> str:
    """What output is called until it is complete: nobody reads it, though it may stand among the logs."""
    before, after = _UNFINISHED
    return f"{before}{name}{after}"


def has_wildcards(path: str) -> bool:
    return _WILDCARD.search(path) is not None


def walk(folder: str, complain: Complain) -> Iterator[tuple[str, list[os.DirEntry[str]]]]:
    """All files under a folder, by name, in runs of one folder; links to folders are followed once."""
    seen: set[tuple[int, int]] = set()
    stack = [(folder, iter(_entries(folder, complain, seen)))]
    while stack:
        place, entries = stack[-1]
        run, inner = _run(entries)
        if run:
            yield place, run
        if inner is None:
            stack.pop()
        else:
            stack.append((inner, iter(_entries(inner, complain, seen))))


def _run(entries: Iterator[os.DirEntry[str]]) -> tuple[list[os.DirEntry[str]], str | None]:
    """What comes before the next folder, and that folder."""
    run: list[os.DirEntry[str]] = []
    for entry in entries:
        if _is_folder(entry):
            return run, entry.path
        run.append(entry)
    return run, None


def expand(pattern: str, complain: Complain) -> Iterator[str]:
    """The paths that match a pattern. `**` is any number of folders; `*`, `?`, `[...]` match within one name."""
    parts = pattern.replace(os.sep, "/").split("/")
    roots = ["/"] if pattern.startswith("/") else [""]
    for part in filter(None, parts):
        roots = list(dict.fromkeys(each for root in roots for each in _step(root, part, complain)))
    return (root or os.curdir for root in roots)


def _step(root: str, part: str, complain: Complain) -> Iterator[str]:
    if part == "**":
        yield root
        for entry in _folders(root or os.curdir, complain):
            yield entry if root else os.path.relpath(entry, os.curdir)
    elif has_wildcards(part):
        fits = re.compile(fnmatch.translate(part)).match
        if os.path.isdir(root or os.curdir):
            names = (entry.name for entry in _entries(root or os.curdir, complain, set()))
            yield from (os.path.join(root, name) for name in names if fits(name))
    elif os.path.lexists(os.path.join(root, part)):
        yield os.path.join(root, part)


def _folders(root: str, complain: Complain) -> Iterator[str]:
    """All folders under a folder, once each."""
    seen: set[tuple[int, int]] = set()
    waiting = [root]
    while waiting:
        found = [entry.path for entry in _entries(waiting.pop(), complain, seen) if _is_folder(entry)]
        yield from found
        waiting.extend(reversed(found))


def _entries(folder: str, complain: Complain, seen: set[tuple[int, int]]) -> list[os.DirEntry[str]]:
    """What a folder holds, by name; nothing if it was seen before."""
    try:
        status = os.stat(folder)
        identity = status.st_dev, status.st_ino
        if status.st_ino and identity in seen:
            return []
        seen.add(identity)
        with os.scandir(folder) as entries:
            return sorted((entry for entry in entries if not _is_leftover(entry.name)), key=_name)
    except OSError as error:
        complain(folder, (error.strerror or str(error)).lower())
        return []


def _is_leftover(name: str) -> bool:
    before, after = _UNFINISHED
    return name in _LEFTOVERS or name.startswith("._") or (name.startswith(before) and name.endswith(after))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
