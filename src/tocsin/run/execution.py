"""One pass over the input for all searches, then each search's plan over the records that match it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from tocsin.cloudtrail.account import ScanAccount
from tocsin.cloudtrail.batch import empty
from tocsin.cloudtrail.files import File, Found, find
from tocsin.cloudtrail.request import Request
from tocsin.cloudtrail.scan import scan
from tocsin.config import Settings
from tocsin.content.library import Library
from tocsin.engine.protocol import Engine, RecordRef, Result
from tocsin.risk.account import RunAccount
from tocsin.risk.finding import EventPointer
from tocsin.run.compiled import Compiled
from tocsin.run.judges import Answered, Judges, judges
from tocsin.run.matched import match
from tocsin.run.rows import over_matched, rows

Progress = Callable[[ScanAccount], None]


@dataclass(slots=True)
class Execution:
    """Searches whose records have been read. `results` runs the plans, one after another; the account fills up."""

    compiled: tuple[Compiled, ...]
    files: tuple[File, ...]
    engine: Engine
    account: RunAccount
    judges: Judges

    def pointers(self, records: Sequence[RecordRef]) -> list[EventPointer]:
        """Where records stand: file and number in it."""
        return [EventPointer(each.event_id, self.files[each.seq >> 32].path, each.seq & 0xFFFFFFFF) for each in records]

    def results(self, *, origins: bool) -> Iterator[tuple[Compiled, Result]]:
        """Each search's result, in the order of the searches. Consume one before taking the next."""
        for index, search in enumerate(self.compiled):
            plan = over_matched(self.engine, index, search)
            answered = Answered(self.engine, f"{index}", self.judges, origins=origins)
            yield search, rows(self.engine, plan, answered, self.account.detections[index], origins=origins)


@contextmanager
def execute(
    compiled: Sequence[Compiled],
    paths: Sequence[str],
    settings: Settings,
    library: Library,
    progress: Progress | None = None,
) -> Iterator[Execution]:
    """Read the input once and match it against every search."""
    request = _request(compiled, settings)
    found = find(paths, request.earliest, request.latest)
    account = RunAccount(scan=_opened(found))
    batches = scan(request, found.files, jobs=settings.jobs, account=account.scan, progress=progress)
    engine = open_engine(settings)  # after the workers: they are forked from a process without an engine
    try:
        for index in range(len(compiled)):
            engine.append(f"raw:{index}", empty())
        for index, batch in batches:
            engine.append(f"raw:{index}", batch)
        match(engine, compiled, settings, account, library)
        yield Execution(tuple(compiled), found.files, engine, account, judges(settings))
    finally:
        batches.close()
        engine.close()


def open_engine(settings: Settings) -> Engine:
    """The one place that names a concrete engine."""
    from tocsin.engine.duckdb import DuckDBEngine

    return DuckDBEngine(memory_limit=settings.memory_limit)


def _request(compiled: Sequence[Compiled], settings: Settings) -> Request:
    """One request for all: the widest window; what lies outside a search's own window is filtered later."""
    earliest = [search.window[0] for search in compiled]
    latest = [search.window[1] for search in compiled]
    return Request(
        wants=tuple(search.want for search in compiled),
        earliest=None if None in earliest else min(each for each in earliest if each is not None),
        latest=None if None in latest else max(each for each in latest if each is not None),
        full_count=settings.full_count,
        max_raw=settings.max_raw,
        max_record=settings.max_record,
    )


def _opened(found: Found) -> ScanAccount:
    account = ScanAccount(pruned_files=found.pruned, files=len(found.problems), failed=len(found.problems))
    account.problems.extend(found.problems)
    return account
