"""One pass over the input for all searches, and which of its records each matches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from weakref import WeakSet

from tocsin.cloudtrail.account import ScanAccount
from tocsin.cloudtrail.files import Found, find
from tocsin.cloudtrail.scan import Scan, scan
from tocsin.config import Settings
from tocsin.content.library import Library
from tocsin.diagnostics import CompileError
from tocsin.engine.protocol import Engine
from tocsin.risk.account import DetectionAccount, RunAccount
from tocsin.run.compiled import Compiled
from tocsin.run.executed import Execution
from tocsin.run.judges import judges
from tocsin.run.late import early, is_late
from tocsin.run.matched import match, recount
from tocsin.run.rehearsal import load_lookups, rehearse
from tocsin.run.required import note_absent
from tocsin.run.together import together, window

Progress = Callable[[ScanAccount], None]

_engines: WeakSet[Engine] = WeakSet()


@contextmanager
def execute(
    compiled: Sequence[Compiled],
    paths: Sequence[str],
    settings: Settings,
    library: Library,
    progress: Progress | None = None,
    written: Sequence[Path] = (),
) -> Iterator[Execution]:
    """Read the input once and match it against every search. None of the input may be among the files `written`."""
    found = find(paths, *window(compiled), written)
    late = frozenset(index for index, search in enumerate(compiled) if is_late(search, found.files))
    scanned = [early(search, settings) if index in late else search for index, search in enumerate(compiled)]
    request = together(scanned, settings)
    account = RunAccount(scan=_opened(found))
    batches = scan(request, found.files, jobs=settings.jobs, account=account.scan, progress=progress)
    with closing(batches):
        asked = judges(settings)  # from here on the workers read; they are forked from a process without an engine
        with closing(open_engine(settings)) as engine:
            load_lookups(engine, compiled, library)
            refused = rehearse(engine, compiled)
            if refused and len(refused) == len(compiled):
                raise CompileError([each for error in refused.values() for each in error.diagnostics])
            entries = {index: _entry(search, refused.get(index)) for index, search in enumerate(compiled)}
            match(engine, scanned, settings, entries, given=_take(engine, batches, entries))
            recount(engine, account, entries)
            account.detections.extend(entries.values())
            note_absent(scanned, request, settings, account)
            yield Execution(tuple(compiled), found.files, engine, account, entries, refused, asked, settings, late)


def _entry(search: Compiled, refused: CompileError | None) -> DetectionAccount:
    return DetectionAccount(search.name, failed=str(refused) if refused else "")


def _take(engine: Engine, batches: Scan, entries: Mapping[int, DetectionAccount]) -> set[int]:
    """Hand the engine what the scan finds, but nothing for searches that do not run. Returns who was given any."""
    given: set[int] = set()
    for index, batch in batches:
        if not entries[index].failed:
            given.add(index)
            engine.append(f"raw:{index}", batch)
    return given


def open_engine(settings: Settings) -> Engine:
    """The one place that names a concrete engine."""
    from tocsin.engine.duckdb import DuckDBEngine

    engine = DuckDBEngine(memory_limit=settings.memory_limit)
    _engines.add(engine)
    return engine


def interrupt() -> None:
    """End what engines are doing, with an error. They look for no signal, so a handler of signals needs this."""
    for engine in tuple(_engines):
        engine.interrupt()


def _opened(found: Found) -> ScanAccount:
    account = ScanAccount(pruned_files=found.pruned, files=len(found.problems), failed=len(found.problems))
    account.problems.extend(found.problems)
    return account
