"""`tocsin`: the group of verbs, loaded one at a time, and how it begins and ends as a process."""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches

import click

from tocsin import __version__
from tocsin.cli import exits
from tocsin.cli.ending import code_of, flushed
from tocsin.cli.signals import Ended, listen
from tocsin.cli.streams import open_closed

VERBS = {
    "scan": "Run detections over CloudTrail files and print findings.",
    "search": "Run one SPL search over CloudTrail files and print its rows.",
    "explain": "Show how a detection is read, planned and carried out.",
    "check": "Read detections, macros and lookups and print every problem.",
    "show": "Show a detection's page.",
    "hours": "Business calendars: learn them, show them, ask them.",
}

_NEW = 200_000  # objects before the next look for garbage: modules and plans are many, and hardly any of them garbage


class Verbs(click.Group):
    """A group that imports a verb's module only when the verb is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"tocsin.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb, its command, and the other arguments. A verb that is misspelt is told which one was meant."""
        if args[0] not in VERBS and (close := get_close_matches(args[0], VERBS, n=1)):
            ctx.fail(f"No such command '{args[0]}'. Did you mean '{close[0]}'?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tocsin")
def tocsin() -> None:
    """Run Splunk detections, unchanged, on AWS CloudTrail. No Splunk needed.

    \b
    tocsin scan logs/                 the shipped detections over a folder of CloudTrail
    tocsin search 'SPL' logs/         any search over the same input
    tocsin show "AWS ECR Container Upload Outside Business Hours"

    Exit codes: 0 done; 1 findings, with --fail-on-findings; 2 wrong usage or content in error;
    3 done, but some input could not be read; 70 a bug of ours. The highest that applies.
    """


def entry(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit; nothing that the input does ends in a traceback."""
    gc.set_threshold(_NEW)
    open_closed()
    try:
        code = tocsin.main(args=arguments, prog_name="tocsin", standalone_mode=False)
    except SystemExit:
        code = exits.DONE  # click ends so where the reader has seen enough (`| head`); nothing else does
    except (Exception, KeyboardInterrupt, Ended) as error:  # every way a run can end is told apart in one place
        code = code_of(error)
    sys.exit(code if isinstance(code, int) else exits.DONE)


def main() -> None:
    """The command line as a process of its own, which ends at once, and in order where it is told to end.

    Python takes apart all that was loaded before it ends, which takes longer than many a scan. By then every file that
    was written is closed, and every worker has ended.
    """
    listen()
    try:
        entry()
    except (SystemExit, Ended) as end:
        code = end.code if isinstance(end, SystemExit) and isinstance(end.code, int) else code_of(end)
        code = flushed(code)
        if _is_watched():
            sys.exit(code)
        atexit._run_exitfuncs()
        os._exit(flushed(code))


def _is_watched() -> bool:
    """Whether a profiler, a debugger or a measure of coverage looks on: they want to see the program's end.

    Since Python 3.12 they may do so as tools.
    """
    if sys.version_info >= (3, 12) and any(map(sys.monitoring.get_tool, range(6))):
        return True
    return bool(sys.getprofile() or sys.gettrace())


if __name__ == "__main__":
    main()
