"""What a verb that runs searches was asked to do, beside the settings of the run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct


class Asked(Struct, frozen=True, kw_only=True):
    """`form` is the format. `hours_file` and `profile_file` are read for the settings, and named in reports."""

    paths: tuple[str, ...]
    content: tuple[Path, ...]
    form: str
    output: Path | None
    summary: Path | None
    hours_file: Path | None
    profile_file: Path | None


class ScanOptions(Asked, frozen=True, kw_only=True):
    """`detections` are names; without any, all that there are run."""

    detections: tuple[str, ...]
    compare: bool


class SearchOptions(Asked, frozen=True, kw_only=True):
    """`spl` is the search."""

    spl: str


A = TypeVar("A", bound=Asked)


def asked(kind: type[A], options: Mapping[str, Any]) -> A:
    """The options of the command line that a verb's work is told of."""
    return kind(**{name: options[name] for name in kind.__struct_fields__})
