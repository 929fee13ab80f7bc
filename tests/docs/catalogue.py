"""The names of all diagnostics, read from the catalogue's source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.docs.console import ROOT

CATALOGUE = ROOT / "src" / "tocsin" / "diagnostics" / "catalogue"
MAKERS = {"Diagnostic", "_error", "_warning", "_unsupported"}
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")


def names(folder: Path = CATALOGUE) -> dict[str, set[str]]:
    """Each name, and the files of the catalogue that make it."""
    found: dict[str, set[str]] = {}
    for path in sorted(folder.glob("*.py")):
        for name in _made(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(name, set()).add(path.stem)
    return found


def _made(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=maker), args=[ast.Constant(value=str() as name), *_]) if maker in MAKERS:
                yield name
