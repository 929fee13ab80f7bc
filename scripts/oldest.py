"""Print the oldest version of each dependency that pyproject.toml allows, as constraints for pip."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
_STATED = re.compile(r"(?P<name>[\w.-]+)>=(?P<version>[\w.]+)(,.*)?")


def oldest(pyproject: str) -> list[str]:
    """A line `name==version` for each dependency of the package itself. Raises ValueError where none is stated."""
    return [_line(each) for each in tomllib.loads(pyproject)["project"]["dependencies"]]


def _line(dependency: str) -> str:
    stated = _STATED.fullmatch(dependency)
    if stated is None:
        raise ValueError(f"no oldest version: {dependency}")
    return f"{stated['name']}=={stated['version']}"


if __name__ == "__main__":
    print("\n".join(oldest((ROOT / "pyproject.toml").read_text(encoding="utf-8"))))
