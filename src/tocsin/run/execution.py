"""One pass over the input for all searches, then each search's plan over the records that match it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager

from msgspec import Struct, field

from tocsin.cloudtrail.account import ScanAccount
from tocsin.cloudtrail.files import File, Found, find
from tocsin.cloudtrail.request import Request
from tocsin.cloudtrail.scan import Scan, scan
from tocsin.config import Settings
from tocsin.content.library import Library
from tocsin.diagnostics import CompileError, TocsinError
from tocsin.engine.protocol import Engine, RecordRef, Result
from tocsin.plan.nodes import Node, Rows
from tocsin.plan.nothing import gives_nothing
from tocsin.risk.account import DetectionAccount, RunAccount
from tocsin.risk.finding import EventPointer
from tocsin.run.compiled import Compiled
from tocsin.run.judges import Answered, Judges, judges
from tocsin.run.matched import match, recount
from tocsin.run.rehearsal import load_lookups, rehearse
from tocsin.run.rows import nothing, over_matched, rows

Progress = Callable[[ScanAccount], None]


class Execution(Struct):
    """Searches whose records have been read. `results` runs the plans, one after another; the account fills up.

    `refused` are the searches, by number, that the engine cannot carry out. They give no results, like any
    search whose entry in the account has `failed`.
    """

    compiled: tuple[Compiled, ...]
    files: tuple[File, ...]
    engine: Engine
    account: RunAccount
    refused: Mapping[int, CompileError]
    judges: Judges
    _plans: dict[int, tuple[Node, Answered]] = field(default_factory=dict)

    def pointers(self, records: Sequence[RecordRef]) -> list[EventPointer]:
        """Where records stand, file and number in it, and when they are from."""
        return [
            EventPointer(each.event_id, self.files[each.seq >> 32].path, each.seq & 0xFFFFFFFF, each.time)
            for each in records
        ]

    def results(self, *, origins: bool) -> Iterator[tuple[Compiled, Result]]:
        """Each search's result, in the order of the searches. Consume one before taking the next."""
        for index, (search, entry) in enumerate(zip(self.compiled, self.account.detections, strict=False)):
            result = None if entry.failed else self.result(index, origins=origins)
            if result is not None:
                yield search, result

    def result(self, index: int, *, origins: bool) -> Result | None:
        """The result of one search, by its number. None if it fails; its entry in the account says why."""
        entry = self.account.detections[index]
        if not entry.matched and gives_nothing(self.compiled[index].plan):
            return nothing(self.compiled[index], entry)
        try:
            plan, answered = self._plan(index, origins=origins)
            return rows(self.engine, self.compiled[index], plan, answered, entry, origins=origins)
        except TocsinError as error:
            entry.failed = str(error)
            return None

    def matched(self, index: int) -> Iterator[int]:
        """The SEQ of every record that a search's base search matches."""
        return self.engine.records(Rows(f"matched:{index}"))

    def found(self, index: int) -> Iterator[int]:
        """The SEQ of every record behind a search's rows."""
        plan, answered = self._plan(index, origins=True)
        return self.engine.records(answered.plan(plan))

    def leave_out(self, index: int) -> None:
        """Take a search out of the account, as if it had not been asked; its number keeps its place until then."""
        del self.account.detections[index]
        recount(self.engine, self.account)

    def _plan(self, index: int, *, origins: bool) -> tuple[Node, Answered]:
        """A search's plan over what it matched; its judges are asked at most once."""
        if index not in self._plans:
            answered = Answered(self.engine, f"{index}", self.judges, origins=origins)
            self._plans[index] = over_matched(self.engine, index, self.compiled[index]), answered
        return self._plans[index]


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
    with closing(batches):
        asked = judges(settings)  # from here on the workers read; they are forked from a process without an engine
        with closing(open_engine(settings)) as engine:
            load_lookups(engine, compiled, library)
            refused = rehearse(engine, compiled)
            if refused and len(refused) == len(compiled):
                raise CompileError([each for error in refused.values() for each in error.diagnostics])
            account.detections.extend(_entry(search, refused.get(index)) for index, search in enumerate(compiled))
            match(engine, compiled, settings, account, given=_take(engine, batches, account))
            yield Execution(tuple(compiled), found.files, engine, account, refused, asked)


def _entry(search: Compiled, refused: CompileError | None) -> DetectionAccount:
    return DetectionAccount(search.name, failed=str(refused) if refused else "")


def _take(engine: Engine, batches: Scan, account: RunAccount) -> set[int]:
    """Hand the engine what the scan finds, but nothing for searches that do not run. Returns who was given any."""
    given: set[int] = set()
    for index, batch in batches:
        if not account.detections[index].failed:
            given.add(index)
            engine.append(f"raw:{index}", batch)
    return given


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
