"""Writes docs/reference/cli.md from the program's own help; `--check` says when it is stale."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from tocsin.cli.main import tocsin

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "cli.md"
WIDTH = 100


def text() -> str:
    """The page as the program would write it now."""
    head = "# Command line\n\nWritten by `scripts/reference.py` from the program's help.\n"
    return "\n".join([head, *_sections(tocsin, None)])


def _sections(command: click.Command, above: click.Context | None) -> Iterator[str]:
    """The help of a command and of those below it."""
    context = click.Context(
        command,
        info_name=command.name,
        parent=above,
        max_content_width=WIDTH,
        terminal_width=WIDTH,
        **command.context_settings,
    )
    yield f"## {context.command_path}\n\n```\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from _sections(below, context)


def main() -> int:
    """Write the page, or compare it."""
    if "--check" in sys.argv:
        return int(not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text())
    PAGE.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
