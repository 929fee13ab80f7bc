"""Counts every push of the input beside the detections, for reports that show findings against the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from msgspec.structs import replace

from tocsin.config import Settings
from tocsin.content.library import Library
from tocsin.diagnostics import CompileError
from tocsin.engine.protocol import Row
from tocsin.risk.pushes import Place, Pushes, Slot
from tocsin.run.compiled import Compiled, compile_text
from tocsin.run.executed import Execution
from tocsin.source import Composed, Source

_NAME = "every push"
_SEARCH = """
`cloudtrail` eventSource IN (ecr.amazonaws.com, ecr-public.amazonaws.com) eventName=PutImage
| rex field=errorMessage ":repository/(?<denied>[a-z0-9._/-]+)"
| `aws_ecr_push`
{judge}| eval clock=substr(coalesce({local}strftime(_time, "%Y-%m-%dT%H")), 1, 13), local=if({known}, "yes", "no")
| table _time clock local user repository
"""
_FOR_ALL = {"judge": "", "local": "", "known": "false()"}
_FOR_EACH = {"judge": "| businesshours\n", "local": "local_time, ", "known": "isnotnull(local_time)"}


def counting(searches: Sequence[Compiled], library: Library, settings: Settings) -> Compiled | None:
    """The search for `pushes`, to run beside the detections.

    None if no detection asks for pushes, or if macros of the reader's own keep it from being compiled.
    """
    if not any("putimage" in search.expanded.text.lower() for search in searches):
        return None
    text = _SEARCH.format(**(_FOR_EACH if settings.hours else _FOR_ALL))
    try:
        compiled = compile_text(Composed.whole(Source("<every push>", text)), library, settings)
    except CompileError:
        return None
    return replace(compiled, name=_NAME)


def pushes(run: Execution, asked: Callable[[Place], bool]) -> Pushes | None:
    """The counts, if the search of `counting` is among the searches; it leaves the account.

    None if there is no such search or it failed. `asked` says for which records the place in the week is wanted.
    """
    number = run.beside(_NAME)
    if number is None:
        return None
    entry = run.entries[number]
    found = Pushes()
    result = None if entry.failed else run.result(number, origins=True)
    for row in result.rows if result else ():
        _add(found, row, run, asked)
    run.leave_out(number)
    return None if entry.failed else found


def _add(found: Pushes, row: Row, run: Execution, asked: Callable[[Place], bool]) -> None:
    time, clock, local, user, repository = (str(each) for each in row.values)
    slot = _slot(clock)
    found.total += 1
    found.local += local == "yes"
    found.week[slot] += 1
    found.hours[int(float(time) // 3600) * 3600] += 1
    found.people[user] += 1
    found.repositories[repository] += 1
    assert row.origin is not None
    (pointer,) = run.pointers(row.origin.first)
    if asked((pointer.file, pointer.position)):
        found.slots[pointer.file, pointer.position] = slot


def _slot(clock: str) -> Slot:
    """`2026-03-07T11` as weekday and hour."""
    return date.fromisoformat(clock[:10]).weekday(), int(clock[11:])
