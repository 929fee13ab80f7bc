"""How a run ended, as an exit code, and what is said of it: every way is told apart here."""

from __future__ import annotations

import errno
import os
import signal
import sys
from contextlib import suppress

import click

from tocsin import __version__
from tocsin.cli import exits
from tocsin.cli.signals import Ended, received

_FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF))


def code_of(error: BaseException) -> int:
    """The exit code for what ended a run, and the words for it on standard error."""
    from tocsin.diagnostics.errors import CompileError, ContentError, TocsinError

    number = received()
    if number is not None or isinstance(error, Ended | KeyboardInterrupt):
        return _ended(number or signal.SIGINT)
    match error:
        case click.exceptions.Exit():
            return error.exit_code
        case click.Abort():
            return code_of(error.__cause__ or KeyboardInterrupt())  # click takes the end of input for Ctrl-C, too
        case click.ClickException():
            with suppress(OSError):
                error.show()
            return exits.WRONG
        case CompileError() | ContentError():
            from tocsin.diagnostics.render import render

            return _wrong(render(error.diagnostics))
        case TocsinError():
            return _wrong(f"error: {error}")
        case OSError() if error.errno in _FULL:
            return _wrong(f"error: cannot write the output: {error.strerror}")
        case _:
            return _bug(error)


def flushed(code: int) -> int:
    """The code after all that was printed is out, or cannot be: then a run that seemed to be done is not."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except (OSError, ValueError) as error:
            _give_up(stream.fileno())
            if not isinstance(error, BrokenPipeError) and code < exits.WRONG:
                code = _wrong(f"error: cannot write the output: {getattr(error, 'strerror', None) or error}")
    return code


def _give_up(descriptor: int) -> None:
    """What is left goes nowhere: Python would try again at its very end, and end with a code of its own."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, descriptor)
    os.close(null)


def _ended(number: int) -> int:
    name = "interrupted" if number == signal.SIGINT else f"ended by {signal.Signals(number).name}"
    _say(f"\n{name}" if sys.stderr.isatty() else name)
    return exits.SIGNALLED + number


def _wrong(text: str) -> int:
    _say(text)
    return exits.WRONG


def _bug(error: BaseException) -> int:
    import traceback

    _say("".join(traceback.format_exception(error)))
    _say(
        f"This is a bug in tocsin {__version__}, not in the input. Please report it with the lines above, "
        "without log records, at the project's issue tracker."
    )
    return exits.BUG


def _say(text: str) -> None:
    """To standard error; where that cannot be written the exit code alone must tell."""
    with suppress(OSError, ValueError):
        click.echo(text, err=True)
