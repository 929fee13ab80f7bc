"""Which files of a folder belong to a library, in a fixed order.

A library has folders `detections`, `macros`, `lookups`, `stories`; a Splunk app has `default/macros.conf` and
`local/macros.conf`. Such a folder gives what lies in those and its own files; what else contentctl keeps there
(baselines, deployments, ...) is left alone. Any other folder gives all that it holds. Symbolic links to folders
are not followed, names that begin with a dot are passed over.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from tocsin.diagnostics import UsageError

FOLDERS = ("macros", "lookups", "stories", "detections")
_YAML = (".yml", ".yaml")
_CONF = "macros.conf"
_NO_CONTENT = frozenset(("contentctl.yml", "contentctl.yaml"))


def content_files(path: Path) -> tuple[Path, ...]:
    """The YAML, CSV and macros.conf files, those that win over others last. Raises UsageError if there is no path."""
    if path.is_file():
        return (path,)
    if not path.is_dir():
        raise UsageError(f"no such file or folder: {path}")
    if not _is_library(path):
        return tuple(_walk(path))
    found = [path / "default" / _CONF] if (path / "default" / _CONF).is_file() else []
    found += [each for folder in FOLDERS for each in _walk(path / folder)]
    found += [each for each in sorted(path.iterdir()) if _wanted(each)]
    return (*found, *([path / "local" / _CONF] if (path / "local" / _CONF).is_file() else []))


def _is_library(path: Path) -> bool:
    confs = any((path / folder / _CONF).is_file() for folder in ("default", "local"))
    return confs or any((path / folder).is_dir() for folder in FOLDERS)


def _walk(folder: Path) -> Iterator[Path]:
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (each for name in sorted(names) if _wanted(each := Path(at, name)))


def _wanted(path: Path) -> bool:
    if path.name.startswith(".") or path.name in _NO_CONTENT or path.is_dir():
        return False
    suffix = path.suffix.lower()
    return suffix in _YAML or path.name == _CONF or (suffix == ".csv" and path.parent.name == "lookups")
