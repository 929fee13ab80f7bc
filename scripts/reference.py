"""Writes docs/reference/cli.md from the program's own help; `--check` says when it is stale."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tocsin.cli.main import VERBS, tocsin

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "cli.md"


def text() -> str:
    """The page as the program would write it now."""
    parts = [
        "# Command line\n\nWritten by `scripts/reference.py` from the program's help.\n",
        _section("tocsin", tocsin),
    ]
    context = click.Context(tocsin, info_name="tocsin")
    for verb in VERBS:
        command = tocsin.get_command(context, verb)
        assert command is not None
        parts.append(_section(f"tocsin {verb}", command))
    return "\n".join(parts)


def _section(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=name, max_content_width=100, terminal_width=100)
    return f"## {name}\n\n```\n{command.get_help(context)}\n```\n"


def main() -> int:
    """Write the page, or compare it."""
    if "--check" in sys.argv:
        return int(not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text())
    PAGE.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
