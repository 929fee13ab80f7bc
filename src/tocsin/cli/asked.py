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

    @property
    def beside(self) -> dict[str, list[Path]]:
        """Files that are read besides the logs, by the options that name them."""
        named = {"--hours": [self.hours_file], "--profile": [self.profile_file], "--content": self.content}
        return {option: [path for path in paths if path] for option, paths in named.items()}


class ScanOptions(Asked, frozen=True, kw_only=True):
    """`detections` are names; without any, all that there are run."""

    detections: tuple[str, ...]
    compare: bool

    @property
    def beside(self) -> dict[str, list[Path]]:
        return {**super().beside, "--detection": [Path(name) for name in self.detections if name]}


class SearchOptions(Asked, frozen=True, kw_only=True):
    """`spl` is the search."""

    spl: str


A = TypeVar("A", bound=Asked)


def asked(kind: type[A], options: Mapping[str, Any]) -> A:
    """The options of the command line that a verb's work is told of."""
    return kind(**{name: options[name] for name in kind.__struct_fields__})
