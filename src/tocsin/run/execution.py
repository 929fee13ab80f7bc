"""One pass over the input for all searches, then each search's plan over the records that match it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager

from msgspec import Struct, field

from tocsin.cloudtrail.account import ScanAccount
from tocsin.cloudtrail.files import File, Found, find
from tocsin.cloudtrail.request import SEQ_BITS
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
from tocsin.run.late import early, is_late, narrowing, read_late
from tocsin.run.matched import match, recount
from tocsin.run.rehearsal import load_lookups, rehearse
from tocsin.run.required import note_absent
from tocsin.run.rows import book, nothing, over_records, rows
from tocsin.run.together import together, window

Progress = Callable[[ScanAccount], None]


class Execution(Struct):
    """Searches whose records have been read. `results` runs the plans, one after another; the account fills up.

    `refused` are the searches, by number, that the engine cannot carry out. They give no results, like any
    search whose entry in the account has `failed`. `late` are those whose records are read again, as far as they are
    kept.
    """

    compiled: tuple[Compiled, ...]
    files: tuple[File, ...]
    engine: Engine
    account: RunAccount
    refused: Mapping[int, CompileError]
    judges: Judges
    settings: Settings
    late: frozenset[int] = frozenset()
    _plans: dict[int, tuple[Node, Answered]] = field(default_factory=dict)

    def pointers(self, records: Sequence[RecordRef]) -> list[EventPointer]:
        """Where records stand, file and number in it, and when they are from."""
        return [
            EventPointer(
                each.event_id, self.files[each.seq >> SEQ_BITS].path, each.seq & (1 << SEQ_BITS) - 1, each.time
            )
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
            self._plans[index] = over_records(self.engine, self._records(index), self.compiled[index].plan), answered
        return self._plans[index]

    def _records(self, index: int) -> str:
        """The name of the table of the records that a search's plan goes over."""
        matched, search = f"matched:{index}", self.compiled[index]
        part = narrowing(search.plan) if index in self.late else None
        if part is None:
            return matched
        kept = over_records(self.engine, matched, part)
        book(self.engine, search, kept, Answered(self.engine, "", {}, origins=True), self.account.detections[index])
        return read_late(self.engine, search, kept, index, self.files, self.settings)


@contextmanager
def execute(
    compiled: Sequence[Compiled],
    paths: Sequence[str],
    settings: Settings,
    library: Library,
    progress: Progress | None = None,
) -> Iterator[Execution]:
    """Read the input once and match it against every search."""
    found = find(paths, *window(compiled))
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
            account.detections.extend(_entry(search, refused.get(index)) for index, search in enumerate(compiled))
            match(engine, scanned, settings, account, given=_take(engine, batches, account))
            note_absent(scanned, request, settings, account)
            yield Execution(tuple(compiled), found.files, engine, account, refused, asked, settings, late)


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


def _opened(found: Found) -> ScanAccount:
    account = ScanAccount(pruned_files=found.pruned, files=len(found.problems), failed=len(found.problems))
    account.problems.extend(found.problems)
    return account
